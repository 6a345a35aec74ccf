package io.streamgauge.agent.stream.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.agent.stream.delta.Delta;
import java.util.List;

/**
 * Has the JVM load what reads events that the byte scan leaves alone. The first of them would
 * otherwise hold its event loop up for tens of ms in mid-level.
 */
public final class Rehearsal {
  private static final List<String> EVENTS =
      List.of(
          "{\"choices\":[{\"delta\":{\"content\":[{\"type\":\"text\",\"text\":\"a\"}]}}]}",
          "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"a\"}}",
          "{\"type\":\"response.completed\",\"response\":{\"usage\":{\"input_tokens\":1}}}",
          "{\"error\":{\"message\":\"a\"}}",
          "{\"hello\":\"world\"}",
          "{",
          "ping");

  /** Reads one event of each kind. */
  public static void once() {
    Delta delta = new Delta();
    for (String event : EVENTS) {
      byte[] bytes = event.getBytes(UTF_8);
      new ScanDeltaReader().read(bytes, 0, bytes.length, delta);
    }
  }

  private Rehearsal() {}
}
