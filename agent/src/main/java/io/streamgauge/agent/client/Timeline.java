package io.streamgauge.agent.client;

import static io.streamgauge.common.measure.RequestRecord.NONE;

import io.streamgauge.agent.stream.Delta;
import io.streamgauge.common.measure.Outcome;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The timestamps of one request in flight, in ns of the lane's clock. Written by one event loop;
 * the arrays grow with the answer and nothing is allocated for a token.
 */
public final class Timeline {
  private static final int FIRST_CAPACITY = 64;
  private static final Set<Outcome> DEATH_SIGNS =
      EnumSet.of(
          Outcome.RESET,
          Outcome.CONNECT_FAILED,
          Outcome.TRUNCATED,
          Outcome.NO_DONE,
          Outcome.ABORTED,
          Outcome.EMPTY);

  final long index;
  final String requestId;
  final long due;
  final long started;
  long connected = NONE;
  long sent = NONE;
  long firstByte = NONE;
  long firstAnswer = NONE;
  long ended = NONE;
  boolean reused;
  long inputTokens = NONE;
  long cachedTokens = NONE;
  long outputTokens = NONE;
  int status;
  String finishReason = "";
  boolean done;
  Outcome outcome = Outcome.CANCELLED;
  String error = "";
  @Nullable KeptText text;

  private long[] chunkTimes = new long[FIRST_CAPACITY];
  private int[] tokensSoFar = new int[FIRST_CAPACITY];
  private int chunks;
  private int eventsWithUsage;

  public Timeline(long index, String requestId, long due, long started) {
    this.index = index;
    this.requestId = requestId;
    this.due = due;
    this.started = started;
  }

  /**
   * Takes one event of the stream.
   *
   * @param now the read that completed it
   */
  void take(Delta delta, long now) {
    if (delta.hasUsage()) {
      inputTokens = delta.promptTokens() >= 0 ? delta.promptTokens() : inputTokens;
      cachedTokens = delta.cachedTokens() >= 0 ? delta.cachedTokens() : cachedTokens;
      outputTokens = delta.completionTokens() >= 0 ? delta.completionTokens() : outputTokens;
    }
    if (delta.tokenBearing()) {
      takeChunk(delta, now);
    }
    String reason = delta.finishReason();
    if (reason != null) {
      finishReason = reason;
    }
  }

  private void takeChunk(Delta delta, long now) {
    if (chunks == chunkTimes.length) {
      chunkTimes = Arrays.copyOf(chunkTimes, chunks * 2);
      tokensSoFar = Arrays.copyOf(tokensSoFar, chunks * 2);
    }
    if (delta.hasUsage() && delta.completionTokens() > 0) {
      eventsWithUsage++;
      tokensSoFar[chunks] = delta.completionTokens();
    }
    chunkTimes[chunks++] = now;
    if (firstAnswer == NONE && !delta.reasoning()) {
      firstAnswer = now;
    }
  }

  /** Has the text of the answer kept, as far as {@code room} has room for it. */
  public void keepText(TextRoom room) {
    text = new KeptText(room);
  }

  /** Token-bearing chunks seen so far. */
  public int chunks() {
    return chunks;
  }

  /** When chunk {@code i} was read, in ns of the lane's clock. */
  public long chunkTime(int i) {
    return chunkTimes[i];
  }

  /** Whether the server told the tokens so far with every chunk, in a growing count. */
  boolean tokensPerChunkKnown() {
    if (chunks == 0 || eventsWithUsage != chunks) {
      return false;
    }
    for (int i = 1; i < chunks; i++) {
      if (tokensSoFar[i] <= tokensSoFar[i - 1]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Tokens told with chunk {@code i} and all before it; only when {@link #tokensPerChunkKnown()}.
   */
  int tokensThrough(int i) {
    return tokensSoFar[i];
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

  void fail(Outcome kind, String message) {
    outcome = kind;
    error = message;
  }
}
