package io.streamgauge.bench.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.agent.stream.SseDecoder;
import io.streamgauge.agent.stream.delta.Delta;
import io.streamgauge.agent.stream.delta.DeltaReader;
import io.streamgauge.agent.stream.delta.JsonDeltaReader;
import io.streamgauge.agent.stream.scan.ScanDeltaReader;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one event of a chat stream costs from the bytes of a read to a {@link Delta}: by the byte
 * scan that the load uses, and by the JSON parser that it replaces.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SseScannerBenchmark {
  private static final int EVENTS = 64;
  private static final String[] WORDS = {
    " the", " gauge", " and", " a", " stream", " of", " water"
  };

  /** Whether all events are of one stream, or of two in turn, so that their shape ever changes. */
  @Param({"same", "changing"})
  public String shape = "same";

  private final Delta delta = new Delta();
  private final DeltaReader scanReader = new ScanDeltaReader();
  private final DeltaReader parseReader = new JsonDeltaReader();
  private final SseDecoder scanning = decoder(scanReader);
  private final SseDecoder parsing = decoder(parseReader);
  private byte[] read = {};
  private long tokens;

  @Setup
  public void fillRead() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < EVENTS; i++) {
      String stream = shape.equals("same") || i % 2 == 0 ? "4f1c" : "97a0";
      text.append(event(stream, WORDS[i % WORDS.length]));
    }
    read = text.toString().getBytes(UTF_8);
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public long scan() {
    scanning.feed(read, 0, read.length);
    return tokens;
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public long parse() {
    parsing.feed(read, 0, read.length);
    return tokens;
  }

  private SseDecoder decoder(DeltaReader reader) {
    return new SseDecoder(
        (data, offset, length) -> {
          reader.read(data, offset, length, delta);
          tokens += delta.tokenBearing() ? 1 : 0;
        });
  }

  private static String event(String stream, String word) {
    return """
    data: {"id":"chatcmpl-%s","object":"chat.completion.chunk","created":1767225600,\
    "model":"a-model","choices":[{"index":0,"delta":{"content":"%s"},"logprobs":null,\
    "finish_reason":null}]}

    """
        .formatted(stream, word);
  }
}
