package io.streamgauge.common.dataset.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;

/** The rows of a file, one after another; holds one of them. */
interface RowSource {
  /** What a file has in one of its rows, and where that is, for messages. */
  sealed interface Found {
    String place();

    record Value(String place, int number, JsonNode json) implements Found {}

    record Wrong(String place, String problem) implements Found {}
  }

  /** The next row; absent after the last one. */
  Optional<Found> next() throws IOException;
}
