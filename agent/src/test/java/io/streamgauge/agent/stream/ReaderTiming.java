package io.streamgauge.agent.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.agent.stream.delta.Delta;
import io.streamgauge.agent.stream.delta.DeltaReader;
import io.streamgauge.agent.stream.delta.JsonDeltaReader;
import io.streamgauge.agent.stream.scan.EventTemplates;
import io.streamgauge.agent.stream.scan.ScanDeltaReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.Objects;

/**
 * Prints the CPU time of an event for each reader and for decoding: a rough figure to look at, run
 * by hand, claimed by no test.
 */
public final class ReaderTiming {
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 8;
  private static final int EVENTS = 1_000_000;

  @FunctionalInterface
  private interface Work {
    long event(byte[] bytes);
  }

  public static void main(String... arguments) {
    for (String name :
        new String[] {
          "vllm/chat-stream-32.response.txt",
          "vllm/text-stream-32.response.txt",
          "sglang/chat-stream-32.response.txt",
          "llamacpp/chat-stream-32.response.txt"
        }) {
      byte[] payload = Captures.payloads(Captures.body(name)).get(2);
      byte[] event = ("data: " + new String(payload, UTF_8) + "\n\n").getBytes(UTF_8);
      Delta delta = new Delta();
      time(name + " template", event, known(event, delta));
      time(name + " scan", payload, reading(new ScanDeltaReader(), delta));
      time(name + " parser", payload, reading(new JsonDeltaReader(), delta));
      SseDecoder bare = new SseDecoder((data, offset, length) -> {});
      time(name + " decoder", event, feeding(bare));
      DeltaReader reader = new ScanDeltaReader();
      SseDecoder both =
          new SseDecoder((data, offset, length) -> reader.read(data, offset, length, delta));
      time(name + " decoder and scan", event, feeding(both));
    }
  }

  private static Work known(byte[] event, Delta delta) {
    EventTemplates templates = new EventTemplates();
    ScanDeltaReader reader = new ScanDeltaReader();
    new SseDecoder(
            (data, offset, length) -> {
              Span payload = new Span(offset, offset + length);
              reader.read(data, offset, length, delta);
              Span text = Objects.requireNonNull(reader.text(data, payload, delta));
              templates.learn(data, new Span(0, data.length), payload, text, delta.answer());
            })
        .feed(event, 0, event.length);
    return bytes -> templates.end(bytes, 0, bytes.length);
  }

  private static Work reading(DeltaReader reader, Delta delta) {
    return bytes -> {
      reader.read(bytes, 0, bytes.length, delta);
      return delta.tokenBearing() ? 1 : 0;
    };
  }

  private static Work feeding(SseDecoder decoder) {
    return bytes -> {
      decoder.feed(bytes, 0, bytes.length);
      return decoder.comments();
    };
  }

  private static void time(String name, byte[] bytes, Work work) {
    double best = Double.MAX_VALUE;
    long sum = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = CPU.getCurrentThreadCpuTime();
      for (int i = 0; i < EVENTS; i++) {
        sum += work.event(bytes);
      }
      best = Math.min(best, (CPU.getCurrentThreadCpuTime() - start) / (double) EVENTS);
    }
    System.out.printf(
        Locale.ROOT, "%-62s %4d bytes %7.1f ns/event (%d)%n", name, bytes.length, best, sum);
  }

  private ReaderTiming() {}
}
