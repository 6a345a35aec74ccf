package io.streamgauge.common.dataset.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.PromptContent;
import io.streamgauge.common.dataset.row.FileRow;
import io.streamgauge.common.dataset.row.Occasion;
import java.util.List;
import java.util.Optional;

/** evalscope's {@code workload_trace}: whole bodies with the times at which they were sent. */
final class WorkloadTrace implements RowFormat {
  private static final long SECOND = 1_000_000_000;

  @Override
  public String name() {
    return "workload-trace";
  }

  @Override
  public String units() {
    return "timestamp in s, or a date and time";
  }

  @Override
  public boolean fits(Fields first) {
    return first.has("body") && first.has("timestamp") && !first.has("custom_id");
  }

  @Override
  public List<FileRow> read(Fields row) {
    JsonNode stamp = row.get("timestamp", "a number of seconds or a date and time");
    long at =
        stamp.isTextual()
            ? Stamps.nanos("timestamp", stamp)
            : row.nanos("timestamp", SECOND).orElseThrow();
    return List.of(
        new FileRow.Sent(
            new Prompt(
                row.text("request_id").orElse(String.valueOf(row.number())),
                Prompt.DEFAULT_CATEGORY,
                new PromptContent.Body(OpenAiBatch.body(row)),
                row.tokens("completion_tokens").filter(tokens -> tokens > 0),
                Optional.empty()),
            Occasion.at(at)));
  }
}
