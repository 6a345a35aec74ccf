package io.streamgauge.common.measure;

import static io.streamgauge.common.measure.RequestRecord.NONE;

import java.util.Map;
import java.util.Optional;

/** Records for tests, from the few numbers that matter to them; times in milliseconds. */
public final class Requests {
  /** The timestamps of a request that went well, in milliseconds. */
  record Times(long due, long sent, long firstToken, long lastToken, long ended) {}

  /** What a request moved. */
  record Tokens(long input, long output, int firstChunk, int chunks) {}

  /** A first chunk of 4 tokens after 200 ms, then 4 every 80 ms until there are 64. */
  public static RequestRecord answered() {
    return answered(new Times(90, 100, 300, 1500, 1500), new Tokens(20, 64, 4, 16));
  }

  static RequestRecord answered(Times times, Tokens tokens) {
    return answered(times, tokens, nanos(times.firstToken()));
  }

  /** The first token that is no reasoning came at {@code firstAnswer} nanoseconds, or never. */
  static RequestRecord answered(Times times, Tokens tokens, long firstAnswer) {
    return new RequestRecord(
        "run-0",
        "c1",
        "agent-1",
        0,
        0,
        "1",
        "coding",
        nanos(times.due()),
        nanos(times.due()),
        nanos(times.sent()),
        nanos(times.sent()),
        nanos(times.firstToken()),
        nanos(times.firstToken()),
        firstAnswer,
        nanos(times.lastToken()),
        nanos(times.ended()),
        false,
        tokens.input(),
        tokens.input() / 2,
        tokens.output(),
        true,
        tokens.firstChunk(),
        tokens.chunks(),
        new RequestRecord.Gaps(15, nanos(80), nanos(80), nanos(81)),
        new RequestRecord.Delivery(3, 63, nanos(20)),
        "stop",
        Outcome.OK,
        200,
        "",
        new Remarks(Map.of(Oddity.NO_DONE, "", Oddity.HIDDEN_REASONING, "40 of 44"), 40),
        Optional.of(new AnswerText("Grüße,\n\"世界\" 🎈", "hm", 3)),
        Optional.of(new SessionTurn(2, 5)));
  }

  /** Tokens came, and then {@code outcome}. */
  public static RequestRecord failed(Outcome outcome) {
    return failed(outcome, nanos(100));
  }

  static RequestRecord neverSent(Outcome outcome) {
    return failed(outcome, NONE);
  }

  private static RequestRecord failed(Outcome outcome, long sent) {
    return new RequestRecord(
        "run-1",
        "c1",
        "agent-1",
        0,
        1,
        "2",
        "general",
        nanos(90),
        sent == NONE ? NONE : nanos(95),
        NONE,
        sent,
        NONE,
        nanos(300),
        NONE,
        nanos(400),
        nanos(2000),
        true,
        NONE,
        NONE,
        7,
        false,
        1,
        7,
        RequestRecord.Gaps.EMPTY,
        RequestRecord.Delivery.NONE,
        "",
        outcome,
        0,
        "the connection broke",
        Remarks.NONE,
        Optional.empty(),
        Optional.empty());
  }

  static long nanos(long millis) {
    return millis == NONE ? NONE : millis * 1_000_000;
  }

  private Requests() {}
}
