package io.streamgauge.agent.client.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.streamgauge.agent.client.Scratch;
import io.streamgauge.agent.client.wire.StampTally;
import io.streamgauge.agent.stream.http.ResponseDecoder;
import io.streamgauge.agent.stream.http.ResponseHead;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AllocationTest {
  private static final int EVENTS = 50_000;

  /** A stamp and a count of tokens, in arrays that double as they fill. */
  private static final long ROOM = 2 * 2 * (Long.BYTES + Integer.BYTES);

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static byte[] chunk(String event) {
    byte[] bytes = event.getBytes(UTF_8);
    return (Integer.toHexString(bytes.length) + "\r\n" + event + "\r\n").getBytes(UTF_8);
  }

  /** Reads an answer, each event in a read of its own; the bytes that this allocates. */
  private static long allocated(String event, int events) {
    Scratch scratch = new Scratch(new StampTally(), _ -> {});
    Timeline timeline = new Timeline(0, "r", 0, 0, 0);
    StreamReader reader = new StreamReader(timeline, scratch);
    long[] now = {0};
    ResponseDecoder decoder =
        new ResponseDecoder(
            new ResponseDecoder.Sink() {
              @Override
              public void head(ResponseHead head) {}

              @Override
              public void body(byte[] data, int offset, int length) {
                reader.read(data, offset, length, now[0]);
              }

              @Override
              public void end(boolean keepAlive) {}
            });
    decoder.expect();
    byte[] head =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
            .getBytes(UTF_8);
    decoder.feed(head, 0, head.length);
    byte[] token = chunk(event);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < events; i++) {
      now[0] += 20_000_000;
      decoder.feed(token, 0, token.length);
    }
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(timeline.chunks()).isEqualTo(events);
    return bytes;
  }

  static List<String> events() {
    String chat =
        "{\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"created\":1790000000,"
            + "\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" word\"},"
            + "\"finish_reason\":null}]}";
    String message =
        "{\"type\":\"content_block_delta\",\"index\":0,"
            + "\"delta\":{\"type\":\"text_delta\",\"text\":\" word\"}}";
    String parts =
        "{\"choices\":[{\"delta\":{\"content\":[{\"type\":\"text\",\"text\":\" word\"}]}}]}";
    String thinking = "{\"choices\":[{\"delta\":{\"thinking\":\" word\"}}]}";
    return List.of(
        "data: %s\n\n".formatted(chat),
        "data: %s\n\n".formatted(parts),
        "data: %s\n\n".formatted(thinking),
        "data:%s\r\n\r\n".formatted(chat),
        "event: content_block_delta\ndata: %s\n\n".formatted(message),
        "event: content_block_delta\r\ndata: %s\r\n\r\n".formatted(message));
  }

  @ParameterizedTest
  @MethodSource("events")
  void anOrdinaryTokenEventAllocatesNothingButRoomForItsStamp(String event) {
    allocated(event, EVENTS); // loads and links

    assertThat(allocated(event, EVENTS) / EVENTS).isLessThanOrEqualTo(ROOM);
  }
}
