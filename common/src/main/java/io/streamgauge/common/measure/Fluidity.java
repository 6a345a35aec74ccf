package io.streamgauge.common.measure;

/**
 * The fluidity index of one answer (Etalon, Agrawal et al. 2024): the share of its tokens that came
 * in time for a reader. The first token is due {@code first} after the request was sent, each later
 * one {@code next} after the token before it, and time that a token leaves unused is slack for
 * those that follow. After a token that is late the deadlines start anew from it, without slack.
 * Fed with arrivals in order; holds a few numbers and allocates nothing.
 */
public final class Fluidity {
  /** The index from which an answer counts as fluid. */
  public static final double ENOUGH = 0.9;

  private final long first;
  private final long next;
  private long last;
  private long slack;
  private boolean begun;
  private int inTime;

  /**
   * {@code sent} is when the request was sent, on the clock of the arrivals; {@code first} and
   * {@code next} are the deadlines in ns.
   */
  public Fluidity(long sent, long first, long next) {
    this.first = first;
    this.next = next;
    last = sent;
  }

  /** {@code tokens} arrived together at {@code now}; only the first of them can be late. */
  public void add(long now, int tokens) {
    if (tokens == 0) {
      return;
    }
    long allowed = slack + (begun ? next : first);
    long took = now - last;
    boolean late = took > allowed;
    slack = (late ? 0 : allowed - took) + (tokens - 1) * next;
    inTime += late ? tokens - 1 : tokens;
    last = now;
    begun = true;
  }

  /** Tokens in time so far. */
  public int inTime() {
    return inTime;
  }
}
