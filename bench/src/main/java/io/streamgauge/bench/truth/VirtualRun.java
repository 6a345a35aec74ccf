package io.streamgauge.bench.truth;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A run in virtual time, of which everything is known: a closed loop of users before a server with
 * fewer slots than users. The requests are the same in each run; the noise of their times is not,
 * and neither is how fast the whole run happens to be.
 *
 * @param systemTps output tokens per second
 * @param ttftP99 in ms
 */
record VirtualRun(double systemTps, double ttftP99) {
  private static final int USERS = 8;
  private static final int SLOTS = 6;
  private static final int REQUESTS = 700;
  private static final long WORKLOAD = 7;

  /**
   * @param slowdown of each time, 1.05 for 5 % longer
   * @param spread of whole runs, 0.01 for some 1 %
   */
  static VirtualRun of(long seed, double slowdown, double spread) {
    RandomGenerator lengths = new SplittableRandom(WORKLOAD);
    RandomGenerator noise = new SplittableRandom(seed);
    double factor = slowdown * Math.exp(spread * noise.nextGaussian());
    PriorityQueue<Double> users = new PriorityQueue<>();
    PriorityQueue<Double> slots = new PriorityQueue<>();
    for (int i = 0; i < USERS; i++) {
      users.add(i * 1.0);
    }
    for (int i = 0; i < SLOTS; i++) {
      slots.add(0.0);
    }
    double[] ttft = new double[REQUESTS];
    double end = 0;
    long all = 0;
    for (int i = 0; i < REQUESTS; i++) {
      double sent = users.remove();
      double first =
          Math.max(sent, slots.remove()) + factor * 50 * Math.exp(0.2 * noise.nextGaussian());
      int tokens = 32 + lengths.nextInt(128);
      double done = first + factor * 10 * tokens * Math.exp(0.02 * noise.nextGaussian());
      users.add(done);
      slots.add(done);
      ttft[i] = first - sent;
      all += tokens;
      end = Math.max(end, done);
    }
    Arrays.sort(ttft);
    return new VirtualRun(all / end * 1e3, ttft[(int) Math.ceil(0.99 * REQUESTS) - 1]);
  }
}
