package io.streamgauge.agent.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.streamgauge.agent.stream.delta.Delta;
import io.streamgauge.agent.stream.delta.DeltaReader;
import io.streamgauge.agent.stream.scan.ScanDeltaReader;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 500;

  /** In reads of odd sizes, so that events are assembled as well as passed on. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "vllm/chat-stream-continuous-usage.response.txt",
        "vllm/utf8-chat-stream.response.txt",
        "sglang/chat-stream-32.response.txt",
        "llamacpp/text-stream-32.response.txt"
      })
  void readingAStreamAllocatesNothing(String name) {
    byte[] body = Captures.body(name);
    Delta delta = new Delta();
    DeltaReader reader = new ScanDeltaReader();
    SseDecoder decoder =
        new SseDecoder((data, from, length) -> reader.read(data, from, length, delta));
    replay(decoder, body);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int round = 0; round < ROUNDS; round++) {
      replay(decoder, body);
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated / ROUNDS).as("bytes for a whole stream").isLessThan(100);
    assertThat(delta.done()).isTrue();
  }

  private static void replay(SseDecoder decoder, byte[] body) {
    for (int at = 0; at < body.length; at += 777) {
      decoder.feed(body, at, Math.min(777, body.length - at));
    }
    decoder.end();
    decoder.reset();
  }
}
