package io.streamgauge.controller.stats;

import java.util.Locale;
import java.util.Optional;

/**
 * Whether the users of a closed loop have fallen into step: their requests then queue in the same
 * order round after round, and the TTFT of one is that of the same user's request before it. That
 * shows as an autocorrelation at the lag of one round that those of other lags do not have.
 */
public final class PhaseLock {
  private static final int FEWEST_ROUNDS = 5;
  private static final double LEAST_CORRELATION = 0.5;
  private static final double LEAST_ABOVE_OTHERS = 0.3;

  /** Below such a spread there is nothing that a lock could have made. */
  private static final double LEAST_VARIATION = 0.1;

  /**
   * A lock in words.
   *
   * @param ttft in the order in which the requests were sent
   * @param users of the closed loop
   */
  public static Optional<String> found(double[] ttft, int users) {
    if (users < 4
        || ttft.length < (long) FEWEST_ROUNDS * users
        || Series.variation(ttft) < LEAST_VARIATION) {
      return Optional.empty();
    }
    double round = Series.autocorrelation(users, ttft);
    double others =
        (Series.autocorrelation(users / 2, ttft) + Series.autocorrelation(users + users / 2, ttft))
            / 2;
    return round > LEAST_CORRELATION && round - others > LEAST_ABOVE_OTHERS
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "TTFT repeats with every %d requests (autocorrelation %.2f, but %.2f at half a"
                    + " round off)",
                users,
                round,
                others))
        : Optional.empty();
  }

  private PhaseLock() {}
}
