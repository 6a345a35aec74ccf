package io.streamgauge.common.dataset;

import io.streamgauge.common.dataset.trace.Trace;

/** What a file has for a run. */
public sealed interface DatasetRows {
  /** Prompts, in whatever order. */
  record Prompts(Dataset dataset) implements DatasetRows {}

  /** Requests, in their own. */
  record Requests(Trace trace) implements DatasetRows {}
}
