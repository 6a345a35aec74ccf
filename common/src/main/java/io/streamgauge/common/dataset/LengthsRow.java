package io.streamgauge.common.dataset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.dataset.row.FileRow;
import io.streamgauge.common.dataset.row.Occasion;
import io.streamgauge.common.json.Json;
import java.math.BigDecimal;

/**
 * A request of lengths as a row of a file, in Mooncake's form with what others add to it, so that
 * each format of a trace can be written in one.
 */
public final class LengthsRow {
  private static final int NANOS_OF_MILLISECOND = 6;

  public static ObjectNode write(FileRow.Lengths lengths) {
    ObjectNode row = Json.MAPPER.createObjectNode();
    row.put("input_length", lengths.inputTokens()).put("output_length", lengths.outputTokens());
    lengths
        .blocks()
        .ifPresent(
            blocks -> {
              ArrayNode ids = row.putArray("hash_ids");
              blocks.ids().forEach(ids::add);
              row.put("block_size", blocks.tokens());
            });
    occasion(row, lengths.occasion());
    return row;
  }

  /** Adds what is known of when a request goes. */
  public static void occasion(ObjectNode row, Occasion occasion) {
    occasion.atNanos().ifPresent(at -> row.put("timestamp", milliseconds(at)));
    occasion.delayNanos().ifPresent(delay -> row.put("delay", milliseconds(delay)));
    occasion.session().ifPresent(session -> row.put("session_id", session));
  }

  private static BigDecimal milliseconds(long nanos) {
    BigDecimal exact = BigDecimal.valueOf(nanos, NANOS_OF_MILLISECOND).stripTrailingZeros();
    return exact.scale() < 0 ? exact.setScale(0) : exact;
  }

  private LengthsRow() {}
}
