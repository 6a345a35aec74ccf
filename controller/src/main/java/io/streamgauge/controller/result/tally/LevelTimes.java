package io.streamgauge.controller.result.tally;

import static io.streamgauge.common.measure.RequestRecord.NONE;

import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * When each request of a level was due, sent, answered and ended, in ns from the level's start and
 * in the order in which the records came: 54 bytes a request, for what only the whole level can
 * tell (windows, peaks, the law of the arrivals).
 */
public final class LevelTimes {
  private static final int FIRST_CAPACITY = 1_024;

  /** No answer has more; a server may say so all the same. */
  private static final int MOST_TOKENS = 1_000_000;

  private static final byte ANSWERED = 1;
  private static final byte GOOD = 2;
  private static final byte LATER_TURN = 4;

  private long[] due = new long[FIRST_CAPACITY];
  private long[] sent = new long[FIRST_CAPACITY];
  private long[] firstToken = new long[FIRST_CAPACITY];
  private long[] ended = new long[FIRST_CAPACITY];
  private long[] perToken = new long[FIRST_CAPACITY];
  private int[] inputTokens = new int[FIRST_CAPACITY];
  private int[] outputTokens = new int[FIRST_CAPACITY];
  private byte[] flags = new byte[FIRST_CAPACITY];
  private String[] agents = new String[FIRST_CAPACITY];
  private int size;

  /** {@code good} tells whether the request met every limit that was set for it. */
  void add(RequestRecord request, boolean good) {
    if (size == due.length) {
      grow(size + size / 2);
    }
    boolean answered = request.outcome() == Outcome.OK;
    due[size] = request.due();
    sent[size] = request.sent();
    firstToken[size] = answered ? firstToken(request) : NONE;
    ended[size] = request.ended();
    perToken[size] = request.value(Metric.TPOT).orElse(NONE);
    inputTokens[size] = Math.toIntExact(Math.max(0, request.inputTokens()));
    outputTokens[size] = (int) Math.clamp(request.outputTokens(), 0L, MOST_TOKENS);
    boolean later = request.turn().filter(turn -> !turn.first()).isPresent();
    flags[size] = (byte) ((answered ? ANSWERED : 0) | (good ? GOOD : 0) | (later ? LATER_TURN : 0));
    agents[size] = request.agent();
    size++;
  }

  /** What comes whole, without tokens, is there when it ends. */
  private static long firstToken(RequestRecord answer) {
    return answer.firstToken() == NONE ? answer.ended() : answer.firstToken();
  }

  private void grow(int capacity) {
    due = Arrays.copyOf(due, capacity);
    sent = Arrays.copyOf(sent, capacity);
    firstToken = Arrays.copyOf(firstToken, capacity);
    ended = Arrays.copyOf(ended, capacity);
    perToken = Arrays.copyOf(perToken, capacity);
    inputTokens = Arrays.copyOf(inputTokens, capacity);
    outputTokens = Arrays.copyOf(outputTokens, capacity);
    flags = Arrays.copyOf(flags, capacity);
    agents = Arrays.copyOf(agents, capacity);
  }

  private IntStream all() {
    return IntStream.range(0, size);
  }

  /** The requests that were sent. */
  public IntStream wereSent() {
    return all().filter(i -> sent[i] != NONE);
  }

  /** The requests that were answered in full. */
  public IntStream answered() {
    return all().filter(i -> (flags[i] & ANSWERED) != 0);
  }

  public long sent(int request) {
    return sent[request];
  }

  public long ended(int request) {
    return ended[request];
  }

  /** Only of a request that was answered in full. */
  public long firstToken(int request) {
    return firstToken[request];
  }

  /** Only of a request that was answered in full. */
  public long ttft(int request) {
    return firstToken[request] - sent[request];
  }

  public long e2e(int request) {
    return ended[request] - sent[request];
  }

  /** TPOT; {@link RequestRecord#NONE} where the request has none. */
  public long tpot(int request) {
    return perToken[request];
  }

  public int inputTokens(int request) {
    return inputTokens[request];
  }

  int outputTokens(int request) {
    return outputTokens[request];
  }

  public boolean good(int request) {
    return (flags[request] & GOOD) != 0;
  }

  public String agent(int request) {
    return agents[request];
  }

  /** Whether it was no turn of a session that follows another: those go when users want. */
  private boolean arrives(int request) {
    return (flags[request] & LATER_TURN) == 0;
  }

  /** Requests that follow another one in their session. */
  public long laterTurns() {
    return all().filter(i -> !arrives(i)).count();
  }

  /** When requests were due that follow no other, sorted. */
  public long[] dueArrivals() {
    return all().filter(this::arrives).mapToLong(i -> due[i]).sorted().toArray();
  }

  /** When requests were sent that follow no other, sorted. */
  public long[] sentArrivals() {
    return wereSent().filter(this::arrives).mapToLong(i -> sent[i]).sorted().toArray();
  }

  /** The due times, sorted. */
  public long[] dueTimes() {
    return all().mapToLong(i -> due[i]).sorted().toArray();
  }

  /** When requests were sent, sorted. */
  public long[] sentTimes() {
    return wereSent().mapToLong(i -> sent[i]).sorted().toArray();
  }

  /** The requests answered in full in the order in which they were sent. */
  public int[] answeredAsSent() {
    return answered()
        .boxed()
        .sorted((a, b) -> Long.compare(sent[a], sent[b]))
        .mapToInt(i -> i)
        .toArray();
  }

  /**
   * The most requests in flight at any moment, each from its sending up to, but without, its end.
   */
  public int mostInFlight() {
    long[] starts = sentTimes();
    long[] ends = wereSent().mapToLong(i -> ended[i]).sorted().toArray();
    int most = 0;
    int over = 0;
    for (int i = 0; i < starts.length; i++) {
      while (over < ends.length && ends[over] <= starts[i]) {
        over++;
      }
      most = Math.max(most, i + 1 - over);
    }
    return most;
  }

  /** The last time at which anything was sent; {@link Long#MIN_VALUE} when nothing was. */
  public long lastSent() {
    return wereSent().mapToLong(i -> sent[i]).max().orElse(Long.MIN_VALUE);
  }

  /** The median E2E of what was answered, in ns; 0 when nothing was. */
  public long medianE2e() {
    long[] sorted = answered().mapToLong(this::e2e).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }
}
