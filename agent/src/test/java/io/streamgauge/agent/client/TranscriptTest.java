package io.streamgauge.agent.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.agent.stream.Captures;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.Remarks;
import io.streamgauge.common.measure.RequestRecord;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * A recorded answer of a real engine gives the same record over each wire and however its bytes are
 * cut into reads: at some places, or at every one with {@code -Dfuzz.minutes}.
 */
class TranscriptTest extends OverEachWire {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int CUTS_EACH = 20;
  private static final int IN_FLIGHT = 64;
  private static final boolean EVERY_CUT = Long.getLong("fuzz.minutes", 0) > 0;
  private static final long SEED = Long.getLong("fuzz.seed", 20261124);

  /** A recording sent in two parts, of which the first has so many bytes. */
  private record Cut(String name, byte[] bytes, int at) {
    static List<Cut> none() {
      return Captures.names().stream()
          .map(name -> new Cut(name, Captures.framed(name), 0))
          .toList();
    }

    Stream<Cut> some(SplittableRandom random) {
      int last = bytes.length - 1;
      IntStream places =
          EVERY_CUT ? IntStream.rangeClosed(1, last) : random.ints(CUTS_EACH, 1, last);
      return places.mapToObj(place -> new Cut(name, bytes, place));
    }
  }

  /** What a record says beside its times and how its chunks fell together. */
  private record Said(
      Outcome outcome,
      int status,
      String error,
      String finishReason,
      int chunks,
      int gaps,
      long inputTokens,
      long cachedTokens,
      long outputTokens,
      boolean counted,
      int firstChunkTokens,
      Remarks remarks) {
    static Said of(RequestRecord record) {
      return new Said(
          record.outcome(),
          record.httpStatus(),
          record.error(),
          record.finishReason(),
          record.chunks(),
          record.gaps().count(),
          record.inputTokens(),
          record.cachedTokens(),
          record.outputTokens(),
          record.tokensCounted(),
          record.firstChunkTokens(),
          record.remarks());
    }
  }

  @Test
  void aRecordedAnswerIsTheSameOverEachWireHoweverItIsCut(TestReporter reporter)
      throws IOException {
    Map<String, Said> whole = new TreeMap<>();
    List<Cut> uncut = Cut.none();
    answers(Way.JDK, uncut, (cut, said) -> whole.put(cut.name(), said));
    assertThat(whole.values()).extracting(Said::outcome).contains(Outcome.OK, Outcome.CLIENT_ERROR);
    SplittableRandom random = new SplittableRandom(SEED);
    List<Cut> cuts = uncut.stream().flatMap(cut -> cut.some(random)).toList();

    long reads =
        answers(
            way,
            cuts,
            (cut, said) ->
                assertThat(said)
                    .as("%s, cut at %d".formatted(cut.name(), cut.at()))
                    .isEqualTo(whole.get(cut.name())));

    reporter.publishEntry("cuts", "%d over %s, %d reads".formatted(cuts.size(), way, reads));
    assertThat(reads).as("cuts are between two reads").isGreaterThan(cuts.size() * 11L / 10);
  }

  private interface Answers {
    void take(Cut cut, Said said);
  }

  /** The reads that it took. */
  private static long answers(Way way, List<Cut> cuts, Answers answers) throws IOException {
    try (SocketServer server = new SocketServer((socket, _) -> serve(socket, cuts));
        Sending sending = sending(way, loops(way), server.url(), Sending.shape(32, LONG))) {
      Deque<Future<RequestRecord>> inFlight = new ArrayDeque<>();
      int taken = 0;
      for (int i = 0; i < cuts.size() + IN_FLIGHT; i++) {
        if (i < cuts.size()) {
          inFlight.addLast(sending.begin());
        }
        if (i >= IN_FLIGHT && !inFlight.isEmpty()) {
          answers.take(cuts.get(taken++), Said.of(inFlight.removeFirst().await()));
        }
      }
      assertThat(taken).isEqualTo(cuts.size());
      return sending.reads();
    }
  }

  private static void serve(Socket socket, List<Cut> cuts)
      throws IOException, InterruptedException {
    socket.setTcpNoDelay(true);
    OutputStream out = socket.getOutputStream();
    while (true) {
      SocketServer.Head head = SocketServer.Head.read(socket.getInputStream());
      head.body(socket.getInputStream());
      Cut cut = cuts.get(head.index());
      out.write(cut.bytes(), 0, cut.at());
      if (cut.at() > 0) {
        Thread.sleep(5); // in which the client most likely reads the first part
      }
      out.write(cut.bytes(), cut.at(), cut.bytes().length - cut.at());
    }
  }
}
