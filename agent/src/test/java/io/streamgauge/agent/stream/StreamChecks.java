package io.streamgauge.agent.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.management.ThreadMXBean;
import io.streamgauge.agent.client.Scratch;
import io.streamgauge.agent.client.answer.StreamReader;
import io.streamgauge.agent.client.answer.TextRoom;
import io.streamgauge.agent.client.answer.Timeline;
import io.streamgauge.agent.client.wire.StampTally;
import io.streamgauge.agent.stream.delta.Delta;
import io.streamgauge.agent.stream.delta.JsonDeltaReader;
import io.streamgauge.agent.stream.http.ErrorBody;
import io.streamgauge.agent.stream.http.MalformedResponseException;
import io.streamgauge.agent.stream.http.ResponseDecoder;
import io.streamgauge.agent.stream.http.ResponseHead;
import io.streamgauge.agent.stream.scan.ScanDeltaReader;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What must hold of any bytes that come over a connection: no exception but the two that are
 * documented, the same events however the reads are cut, a scan that says what the parser says, and
 * memory in proportion.
 */
final class StreamChecks {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int LARGEST_EVENT = 1 << 12;
  private static final long FIXED_BYTES = 4 << 20;
  private static final long BYTES_PER_BYTE = 4_000;

  private final boolean memory;
  private final Scratch scratch = new Scratch(new StampTally(), _ -> {});
  private final ScanDeltaReader scan = new ScanDeltaReader();
  private final JsonDeltaReader parser = new JsonDeltaReader();
  private final Delta scanned = new Delta();
  private final Delta parsed = new Delta();

  /**
   * @param memory whether what is allocated is judged too, which an agent in the process forbids
   */
  StreamChecks(boolean memory) {
    this.memory = memory;
  }

  /** Checks {@code input} as a whole response, as a body and as the payload of an event. */
  void check(byte[] input) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    agree(input, 0, input.length);
    same("body", body(input, whole(input)), body(input, cuts(input)));
    same("response", response(input, whole(input)), response(input, cuts(input)));
    same("answer", answer(input, whole(input)), answer(input, cuts(input)));
    List<String> withCare = exchange(input, cuts(input), true);
    same("with care", withCare, exchange(input, whole(input), false));
    same("with care", withCare, exchange(input, cuts(input), false));
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    if (memory && allocated > FIXED_BYTES + BYTES_PER_BYTE * input.length) {
      throw new AssertionError(
          "%d bytes allocated for %d of input".formatted(allocated, input.length));
    }
  }

  private static int[] whole(byte[] input) {
    return new int[] {input.length};
  }

  /** Where the reads end: a function of the input, so that a finding can be repeated. */
  private static int[] cuts(byte[] input) {
    SplittableRandom random = new SplittableRandom(java.util.Arrays.hashCode(input));
    return random
        .ints(input.length, 0, input.length + 1)
        .limit(Math.min(input.length, 40))
        .sorted()
        .toArray();
  }

  /** The events of a body in reads that end at {@code cuts}, and how it ended. */
  private List<String> body(byte[] input, int[] cuts) {
    List<String> seen = new ArrayList<>();
    SseDecoder decoder =
        new SseDecoder((data, from, length) -> event(seen, data, from, length), LARGEST_EVENT);
    try {
      feed(input, cuts, decoder::feed);
      decoder.end();
      seen.add("inside an event: " + decoder.endedInsideEvent());
    } catch (EventTooLargeException _) {
      seen.add("too large");
    }
    return seen;
  }

  /** What a request's record says of a body in reads that end at {@code cuts}. */
  private List<String> answer(byte[] input, int[] cuts) {
    Timeline timeline = AnsweredRequest.timeline();
    timeline.keepText(TextRoom.ofLane(1));
    timeline.keepHistory();
    StreamReader reader = new StreamReader(timeline, scratch);
    boolean[] broken = {false};
    feed(
        input,
        cuts,
        (data, offset, length) -> broken[0] = broken[0] || !reader.read(data, offset, length, 1));
    if (!broken[0]) {
      reader.end();
    }
    return List.of(AnsweredRequest.record(timeline).toString(), timeline.said());
  }

  /**
   * What a request's record says of a response that comes in reads that end at {@code cuts}.
   *
   * @param care whether each event is looked at; else ordinary ones are taken by their template
   */
  private List<String> exchange(byte[] input, int[] cuts, boolean care) {
    AnsweredRequest request = new AnsweredRequest(scratch, care);
    feed(input, cuts, request::read);
    return List.of(request.record().toString());
  }

  private List<String> response(byte[] input, int[] cuts) {
    List<String> seen = new ArrayList<>();
    StringBuilder body = new StringBuilder();
    SseDecoder events =
        new SseDecoder((data, from, length) -> event(seen, data, from, length), LARGEST_EVENT);
    ResponseDecoder decoder =
        new ResponseDecoder(
            new ResponseDecoder.Sink() {
              @Override
              public void head(ResponseHead head) {
                seen.add("head " + head.status());
              }

              @Override
              public void body(byte[] data, int offset, int length) {
                body.append(new String(data, offset, length, ISO_8859_1));
                events.feed(data, offset, length);
              }

              @Override
              public void end(boolean keepAlive) {
                events.end();
                seen.add("end " + keepAlive);
              }
            });
    decoder.expect();
    try {
      feed(input, cuts, decoder::feed);
      seen.add("whole: " + decoder.close());
    } catch (MalformedResponseException _) {
      seen.add("malformed");
    } catch (EventTooLargeException _) {
      return List.of("too large");
    }
    seen.add(body.toString());
    return seen;
  }

  private interface Reader {
    void feed(byte[] data, int offset, int length);
  }

  private static void feed(byte[] input, int[] cuts, Reader reader) {
    int at = 0;
    for (int cut : cuts) {
      reader.feed(input, at, cut - at);
      at = cut;
    }
    reader.feed(input, at, input.length - at);
  }

  private void event(List<String> seen, byte[] data, int from, int length) {
    agree(data, from, length);
    seen.add(parsed.toString());
  }

  private void agree(byte[] data, int from, int length) {
    scan.read(data, from, length, scanned);
    parser.read(data, from, length, parsed);
    if (!scanned.toString().equals(parsed.toString())) {
      throw new AssertionError("scan: %s%nparser: %s".formatted(scanned, parsed));
    }
    ErrorBody.of(data, from, length).message();
  }

  private static void same(String what, List<String> one, List<String> other) {
    if (!one.equals(other)) {
      throw new AssertionError("%s: whole %s%ncut %s".formatted(what, one, other));
    }
  }
}
