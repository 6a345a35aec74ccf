package io.streamgauge.agent.client.answer;

import static io.streamgauge.common.measure.RequestRecord.NONE;

import io.streamgauge.agent.stream.delta.Delta;
import io.streamgauge.agent.stream.delta.FinishReasons;
import io.streamgauge.common.measure.Oddity;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.Remarks;
import io.streamgauge.common.measure.RequestTraces;
import io.streamgauge.common.measure.SessionTurn;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The timestamps of one request in flight, in ns of the lane's clock. Written by one event loop;
 * the arrays grow with the answer and nothing is allocated for a token.
 */
public final class Timeline {
  private static final Set<Outcome> DEATH_SIGNS =
      EnumSet.of(
          Outcome.RESET, Outcome.CONNECT_FAILED, Outcome.TRUNCATED, Outcome.ABORTED, Outcome.EMPTY);

  final long index;
  public final String requestId;
  public final long due;
  final long started;
  public long connected = NONE;
  public long sent = NONE;
  public long firstByte = NONE;
  public long ended = NONE;
  public boolean reused;
  long inputTokens = NONE;
  long cachedTokens = NONE;
  long toldTokens = NONE;
  long reasoningTokens = NONE;
  public int status;
  public String finishReason = "";
  boolean done;
  public Outcome outcome = Outcome.CANCELLED;
  String error = "";
  @Nullable KeptText text;
  @Nullable KeptText history;
  Optional<SessionTurn> turn = Optional.empty();

  /** Sent in the header of that name, where it is there. */
  public @Nullable String traceparent;

  private final ChunkTimes times = new ChunkTimes();

  private final ToldTokens told = new ToldTokens();

  /** Whether the text has come piece by piece, so that a whole message would repeat it. */
  private boolean deltas;

  /** Whether the last count came behind the chunks, as a final one does. */
  private boolean counted;

  private final UsageGrowth growth = new UsageGrowth();
  private final long tokenLimit;
  private final Map<Oddity, String> oddities = new EnumMap<>(Oddity.class);
  private @Nullable TokenCount count;

  /**
   * @param tokenLimit the most output tokens that were asked for; 0 where there is no limit
   */
  public Timeline(long index, String requestId, long due, long started, long tokenLimit) {
    this.index = index;
    this.requestId = requestId;
    this.due = due;
    this.started = started;
    this.tokenLimit = tokenLimit;
  }

  /**
   * Takes one event of the stream.
   *
   * @param now the read that completed it
   * @return whether it is one of the answer's chunks
   */
  boolean take(Delta delta, long now, OrdinaryEvents adding) {
    times.event(now);
    if (delta.hasUsage()) {
      takeUsage(delta);
    }
    boolean chunk = delta.tokenBearing() && !(delta.message() && deltas);
    if (chunk) {
      takeChunk(delta, now, adding);
    }
    String reason = delta.finishReason();
    if (reason != null) {
      finishReason = reason;
    }
    return chunk;
  }

  /** Tells the server that it belongs to a trace. */
  public void tracedAs(RequestTraces.Ids ids) {
    traceparent = ids.traceparent();
  }

  /** Whether a count of all tokens has come. */
  public boolean counted() {
    return counted;
  }

  /** Takes of an event behind the answer's last one what some servers send there: its usage. */
  void takeLate(Delta delta) {
    if (delta.hasUsage()) {
      takeUsage(delta);
    }
  }

  /** No prompt is of 0 tokens, and no cache holds more than the prompt: such a count is none. */
  private void takeUsage(Delta delta) {
    inputTokens =
        delta.promptTokens() > 0 ? Math.max(inputTokens, delta.promptTokens()) : inputTokens;
    boolean cached = delta.cachedTokens() >= 0 && delta.cachedTokens() <= inputTokens;
    cachedTokens = cached ? delta.cachedTokens() : cachedTokens;
    reasoningTokens = delta.reasoningTokens() >= 0 ? delta.reasoningTokens() : reasoningTokens;
    if (delta.completionTokens() >= 0) {
      growth.take(delta.completionTokens(), delta.tokenBearing());
      counted = !delta.tokenBearing();
      toldTokens = delta.completionTokens();
    }
  }

  private void takeChunk(Delta delta, long now, OrdinaryEvents adding) {
    if (delta.hasUsage() && delta.completionTokens() > 0) {
      told.with(times.count(), delta.completionTokens());
    }
    deltas |= !delta.message();
    adding.add(times, now, delta.answer());
  }

  /** Whether its text is in none but its stream's chunks, and nobody keeps it. */
  boolean countsAlone() {
    return deltas && text == null && history == null;
  }

  ChunkTimes times() {
    return times;
  }

  /** When the last event came; NONE where none did. */
  public long lastEvent() {
    return times.lastEvent();
  }

  /** Has the text of the answer kept, as far as {@code room} has room for it. */
  public void keepText(TextRoom room) {
    text = new KeptText(room);
  }

  /** It is a turn of a session. */
  public void ofSession(SessionTurn place) {
    turn = Optional.of(place);
  }

  /** Has what is answered kept for the session's next turn. */
  public void keepHistory() {
    history = new KeptText(TextRoom.ofHistory());
  }

  /** The answer as the session's next turn has it before it: without the thinking. */
  public String said() {
    return history == null ? "" : history.whole().text();
  }

  /** Token-bearing chunks seen so far. */
  public int chunks() {
    return times.count();
  }

  /** When chunk {@code i} was read, in ns of the lane's clock. */
  public long chunkTime(int i) {
    return times.time(i);
  }

  /** The tokens of an answer that has ended. */
  TokenCount count() {
    if (count == null) {
      count =
          TokenCount.of(
              toldTokens,
              reasoningTokens,
              growth.isOfTotals(),
              tokenLimit,
              times.count(),
              times.ofReasoning());
    }
    return count;
  }

  /** Says that something about the answer is odd; what is said first of it is kept. */
  public void remark(Oddity oddity, String what) {
    oddities.putIfAbsent(oddity, what);
  }

  /** What is to be known about an answer that has ended. */
  Remarks remarks() {
    count().oddity().ifPresent(oddity -> remark(oddity, words()));
    if (cutShort()) {
      remark(
          Oddity.CUT_SHORT,
          "%d tokens of a prompt and %d of its answer, of at most %d"
              .formatted(inputTokens, toldTokens, tokenLimit));
    }
    return new Remarks(oddities, count().hidden());
  }

  /** By a count that is believed; servers that count the last token, or do not, differ by one. */
  private boolean cutShort() {
    return answered()
        && finishReason.equals(FinishReasons.LENGTH)
        && count().counted()
        && inputTokens != NONE
        && toldTokens < tokenLimit - 1;
  }

  private String words() {
    return "usage: %d tokens%s; %d chunks, %d of reasoning%s"
        .formatted(
            toldTokens,
            reasoningTokens == NONE ? "" : ", %d of reasoning".formatted(reasoningTokens),
            times.count(),
            times.ofReasoning(),
            tokenLimit == 0 ? "" : "; asked for at most %d".formatted(tokenLimit));
  }

  /** Whether the server told the tokens so far with every chunk, in a growing count. */
  boolean tokensPerChunkKnown() {
    return count().counted()
        && count().hidden() == 0
        && told.growsWithEach(times.count(), count().tokens());
  }

  /**
   * Tokens told with chunk {@code i} and all before it; only when {@link #tokensPerChunkKnown()}.
   */
  int tokensThrough(int i) {
    return told.through(i);
  }

  /** The request's place in the level. */
  public long index() {
    return index;
  }

  /** Whether it was answered in full. */
  public boolean answered() {
    return outcome == Outcome.OK;
  }

  /** What the server knows the request by. */
  public String requestId() {
    return requestId;
  }

  /** Whether it ended in a way in which requests end when a server's process dies. */
  public boolean brokenOff() {
    return DEATH_SIGNS.contains(outcome);
  }

  /** The server's process died, and this is what it broke off. */
  public void engineDied() {
    fail(Outcome.ENGINE_DIED, Outcome.ENGINE_DIED.meaning() + ": " + error);
  }

  public void fail(Outcome kind, String message) {
    outcome = kind;
    error = message;
  }
}
