package io.streamgauge.common.measure;

import static io.streamgauge.common.measure.Outcome.OK;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A finished request. Times are nanoseconds on the agent's monotonic clock from the start of the
 * level; {@link #NONE} marks what never happened.
 *
 * @param requestId sent to the server as {@code X-Request-Id}
 * @param index the place in the level's workload, from 0, of the request or of its session
 * @param due when the schedule wanted it sent
 * @param started when it left the client's queue
 * @param connected when it had its connection
 * @param sent when its last byte was handed to the socket
 * @param firstByte when the status line arrived
 * @param firstToken the first token-bearing chunk
 * @param firstAnswer the first token-bearing chunk that is no reasoning
 * @param lastToken the last token-bearing chunk
 * @param ended when the stream ended or the failure was seen
 * @param inputTokens by the server's count, else {@link #NONE}
 * @param cachedTokens of the input tokens, those that the server found in its cache, by its count,
 *     else {@link #NONE}
 * @param outputTokens that were shown: by the server's count where that is borne out, else the
 *     number of chunks; 0 of what has none, such as an embedding
 * @param tokensCounted whether they are the server's count
 * @param firstChunkTokens tokens of the first chunk where the server tells, else 1
 * @param gaps of the chunks; all zero without a second chunk
 * @param delivery how the tokens came; all zero unless the answer is whole
 * @param remarks what else is to be known about the answer
 * @param text what was answered, where it was asked to be kept
 * @param turn which turn of its session it was, where conversations are sent in turns
 */
public record RequestRecord(
    String requestId,
    String level,
    String agent,
    int lane,
    long index,
    String promptId,
    String category,
    long due,
    long started,
    long connected,
    long sent,
    long firstByte,
    long firstToken,
    long firstAnswer,
    long lastToken,
    long ended,
    boolean reused,
    long inputTokens,
    long cachedTokens,
    long outputTokens,
    boolean tokensCounted,
    int firstChunkTokens,
    int chunks,
    Gaps gaps,
    Delivery delivery,
    String finishReason,
    Outcome outcome,
    int httpStatus,
    String error,
    Remarks remarks,
    Optional<AnswerText> text,
    Optional<SessionTurn> turn) {
  public static final long NONE = Long.MIN_VALUE;

  /** Inter-token gaps of one request in nanoseconds; {@code count} 0 means that there is none. */
  public record Gaps(int count, long mean, long p99, long max) {
    public static final Gaps EMPTY = new Gaps(0, 0, 0, 0);
  }

  /**
   * How the tokens of one answer came.
   *
   * @param together chunks that came in the same read of the socket as the chunk before them
   * @param inTime tokens that met their deadline, see {@link Fluidity}
   * @param leastDeadline see {@link LeastDeadline}, in ns; {@link #NONE} where none would do
   */
  public record Delivery(int together, int inTime, long leastDeadline) {
    public static final Delivery NONE = new Delivery(0, 0, RequestRecord.NONE);
  }

  public RequestRecord {
    boolean spans = sent != NONE && ended != NONE;
    boolean tokens = firstToken != NONE && lastToken != NONE && outputTokens > 0;
    if (outcome == OK && !(spans && (tokens || (outputTokens == 0 && chunks == 0)))) {
      throw new IllegalArgumentException(
          "request %s: a whole answer needs sent and end, and with tokens the first and the last"
              .formatted(requestId));
    }
  }

  /**
   * The metric's value in nanoseconds, where this request has it. ITL and ICL are not per request.
   */
  public OptionalLong value(Metric metric) {
    return outcome == OK ? nanos(metric) : OptionalLong.empty();
  }

  private OptionalLong nanos(Metric metric) {
    long tokens = outputTokens;
    return switch (metric) {
      case TTFT -> when(tokens > 0, () -> firstToken - sent);
      case TTFT_DUE -> when(tokens > 0, () -> firstToken - due);
      case E2E -> OptionalLong.of(ended - sent);
      case E2E_DUE -> OptionalLong.of(ended - due);
      case TPOT -> when(tokens > 1, () -> Math.round((double) (ended - firstToken) / (tokens - 1)));
      case TPOT_AFTER_FIRST ->
          when(
              tokens > firstChunkTokens,
              () -> Math.round((double) (lastToken - firstToken) / (tokens - firstChunkTokens)));
      case NTPOT -> when(tokens > 0, () -> Math.round((double) (ended - sent) / tokens));
      case TTFO -> when(firstAnswer != NONE, () -> firstAnswer - sent);
      case ITL, ICL -> OptionalLong.empty();
    };
  }

  private static OptionalLong when(boolean defined, java.util.function.LongSupplier value) {
    return defined ? OptionalLong.of(value.getAsLong()) : OptionalLong.empty();
  }

  /** How long it took to get a connection, where one was got. */
  public OptionalLong connectTime() {
    return when(connected != NONE && !reused, () -> connected - started);
  }

  /** The {@link Fluidity} index, 0 to 1, of a whole answer. */
  public OptionalDouble fluidity() {
    return outcome == OK && outputTokens > 0
        ? OptionalDouble.of((double) delivery.inTime() / outputTokens)
        : OptionalDouble.empty();
  }

  /** The error, if the request failed. */
  public Optional<String> failure() {
    return outcome == OK ? Optional.empty() : Optional.of(error);
  }
}
