package io.streamgauge.agent.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.agent.stream.Captures.Expected;
import io.streamgauge.agent.stream.delta.Delta;
import io.streamgauge.agent.stream.delta.DeltaReader;
import io.streamgauge.agent.stream.delta.DeltaText;
import io.streamgauge.agent.stream.delta.JsonDeltaReader;
import io.streamgauge.agent.stream.scan.ScanDeltaReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers recorded from real engines are read the same, however the network cuts them. */
class CaptureReplayTest {
  private static final int PAGE = 1 << 10;

  static Set<String> streamed() {
    return Captures.streamed().keySet();
  }

  static Stream<String> raw() {
    return streamed().stream().filter(Captures::isRaw);
  }

  @Test
  void theCapturesOfThreeEnginesAreThere() {
    assertThat(streamed()).hasSizeGreaterThan(35);
    assertThat(raw()).hasSize(14);
  }

  @ParameterizedTest
  @MethodSource("streamed")
  void anAnswerInOneReadSaysWhatAnIndependentReaderFound(String name) {
    for (DeltaReader reader : List.of(new ScanDeltaReader(), new JsonDeltaReader())) {
      assertThat(replay(List.of(Captures.body(name)), reader))
          .isEqualTo(Captures.streamed().get(name));
    }
  }

  @ParameterizedTest
  @MethodSource("streamed")
  void anAnswerByteByByteSaysTheSame(String name) {
    List<byte[]> bytes = new ArrayList<>();
    for (byte b : Captures.body(name)) {
      bytes.add(new byte[] {b});
    }
    assertThat(replay(bytes, new ScanDeltaReader())).isEqualTo(Captures.streamed().get(name));
  }

  @ParameterizedTest
  @MethodSource("raw")
  void anAnswerInTheReadsAsRecordedSaysTheSame(String name) {
    List<byte[]> reads = Captures.bodyReads(name);
    assertThat(replay(reads, new ScanDeltaReader())).isEqualTo(Captures.streamed().get(name));
  }

  @ParameterizedTest
  @MethodSource("streamed")
  void anAnswerCutInTwoAnywhereGivesTheSameEvents(String name) {
    for (String page : pages(name)) {
      List<byte[]> payloads = Captures.payloads(page.getBytes(ISO_8859_1));
      cutAnywhere(page, payloads);
      cutAnywhere(page.replace("\n", "\r\n"), payloads);
      cutAnywhere(page.replace("\n", "\r"), payloads);
      cutAnywhere(
          "\u00EF\u00BB\u00BF" + page.replace("\n\n", "\nid: 7\n\n: still here\n\n"), payloads);
    }
  }

  @ParameterizedTest
  @MethodSource("streamed")
  void theScanReadsEveryEventByItself(String name) {
    Delta delta = new Delta();
    assertThat(Captures.payloads(Captures.body(name)))
        .allMatch(payload -> new ScanDeltaReader().scan(payload, 0, payload.length, delta));
  }

  /** The body in runs of whole events, each short enough to be cut at every byte. */
  private static List<String> pages(String name) {
    List<String> pages = new ArrayList<>();
    StringBuilder page = new StringBuilder();
    for (String block : new String(Captures.body(name), ISO_8859_1).split("(?<=\n\n)")) {
      if (!page.isEmpty() && page.length() + block.length() > PAGE) {
        pages.add(page.toString());
        page.setLength(0);
      }
      page.append(block);
    }
    pages.add(page.toString());
    return pages;
  }

  private static void cutAnywhere(String text, List<byte[]> payloads) {
    byte[] stream = text.getBytes(ISO_8859_1);
    byte[] read = new byte[stream.length + 1];
    InOrder events = new InOrder(payloads);
    SseDecoder decoder = new SseDecoder(events);
    for (int cut = 0; cut <= stream.length; cut++) {
      decoder.reset();
      events.next = 0;
      feed(decoder, read, stream, 0, cut);
      feed(decoder, read, stream, cut, stream.length);
      decoder.end();
      assertThat(events.next).as("events of a stream cut at %d", cut).isEqualTo(payloads.size());
      assertThat(decoder.endedInsideEvent()).isFalse();
    }
  }

  /** Feeds from an array that is overwritten afterwards, as buffers of a network are. */
  private static void feed(SseDecoder decoder, byte[] read, byte[] stream, int from, int to) {
    System.arraycopy(stream, from, read, 1, to - from);
    decoder.feed(read, 1, to - from);
    Arrays.fill(read, (byte) '\n');
  }

  private static final class InOrder implements EventSink {
    private final List<byte[]> payloads;
    private int next;

    InOrder(List<byte[]> payloads) {
      this.payloads = payloads;
    }

    @Override
    public void event(byte[] data, int offset, int length) {
      byte[] payload = payloads.get(next++);
      if (!Arrays.equals(data, offset, offset + length, payload, 0, payload.length)) {
        throw new AssertionError(
            "event " + next + " is " + new String(data, offset, length, ISO_8859_1));
      }
    }
  }

  private static Expected replay(List<byte[]> reads, DeltaReader reader) {
    Tally tally = new Tally(reader);
    SseDecoder decoder = new SseDecoder(tally);
    for (byte[] read : reads) {
      decoder.feed(read, 0, read.length);
      Arrays.fill(read, (byte) '\n');
    }
    decoder.end();
    assertThat(decoder.endedInsideEvent()).isFalse();
    return tally.total((int) decoder.comments());
  }

  private static final class Tally implements EventSink {
    private final DeltaReader reader;
    private final Delta delta = new Delta();
    private final StringBuilder answer = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private int events;
    private int tokenEvents;
    private int roleEvents;
    private int usageEvents;
    private int promptTokens = -1;
    private int completionTokens = -1;
    private int reasoningTokens = -1;
    private int cachedTokens = -1;
    private @Nullable String finishReason;
    private boolean done;

    Tally(DeltaReader reader) {
      this.reader = reader;
    }

    @Override
    public void event(byte[] data, int offset, int length) {
      reader.read(data, offset, length, delta);
      assertThat(delta.malformed()).isFalse();
      assertThat(delta.error()).isNull();
      int before = answer.length() + reasoning.length();
      DeltaText.append(data, offset, length, answer, reasoning);
      assertThat(delta.tokenBearing()).isEqualTo(answer.length() + reasoning.length() > before);
      events++;
      tokenEvents += delta.tokenBearing() ? 1 : 0;
      roleEvents += delta.roleOnly() ? 1 : 0;
      finishReason = delta.finishReason() == null ? finishReason : delta.finishReason();
      done |= delta.done();
      if (delta.hasUsage()) {
        usageEvents++;
        promptTokens = delta.promptTokens();
        completionTokens = delta.completionTokens();
        reasoningTokens = delta.reasoningTokens();
        cachedTokens = delta.cachedTokens();
      }
    }

    Expected total(int comments) {
      return new Expected(
          events,
          comments,
          tokenEvents,
          roleEvents,
          answer.toString(),
          reasoning.toString(),
          finishReason,
          usageEvents,
          promptTokens,
          completionTokens,
          reasoningTokens,
          cachedTokens,
          done);
    }
  }
}
