package io.streamgauge.bench.truth;

import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * A server in virtual time: so many requests at once, each for the same time, the others wait in
 * order (M/D/s at a rate). Times in s.
 *
 * @param service what a request takes once it has a slot
 * @param spread of that, as a share of it to either side
 * @param first what its first token takes from there
 */
record VirtualSlots(int slots, double service, double spread, double first) {
  private static final int HALVINGS = 14;

  /** A request as its client sees it. */
  record Served(long index, double due, double ttft, double end) {}

  /** Requests one after the other, in the order in which they are due. */
  interface Flow {
    Served next();
  }

  /** Poisson arrivals. */
  Flow open(double rate, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PriorityQueue<Double> free = free();
    return new Flow() {
      private double due;
      private long index;

      @Override
      public Served next() {
        due -= Math.log(1 - random.nextDouble()) / rate;
        return serve(index++, due, lasts(random), free);
      }
    };
  }

  /** Users without think time, who begin within a second. */
  Flow closed(int users, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PriorityQueue<Double> free = free();
    PriorityQueue<Double> ready = new PriorityQueue<>();
    for (int user = 0; user < users; user++) {
      ready.add(random.nextDouble());
    }
    return new Flow() {
      private long index;

      @Override
      public Served next() {
        Served served = serve(index++, ready.remove(), lasts(random), free);
        ready.add(served.end());
        return served;
      }
    };
  }

  private PriorityQueue<Double> free() {
    PriorityQueue<Double> free = new PriorityQueue<>();
    for (int slot = 0; slot < slots; slot++) {
      free.add(0.0);
    }
    return free;
  }

  private double lasts(SplittableRandom random) {
    return service * (1 + spread * (2 * random.nextDouble() - 1));
  }

  private Served serve(long index, double due, double lasts, PriorityQueue<Double> free) {
    double begin = Math.max(due, free.remove());
    free.add(begin + lasts);
    return new Served(index, due, begin - due + first, begin + lasts);
  }

  /** The rate up to which so large a share of so many requests has its first token in time. */
  double knee(double limit, double share, int requests) {
    double low = 0;
    double high = slots / service;
    for (int halving = 0; halving < HALVINGS; halving++) {
      double middle = (low + high) / 2;
      if (kept(open(middle, 1), limit, requests) >= share) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The same in users. */
  int users(double limit, double share, int requests) {
    int users = slots;
    while (kept(closed(users + 1, 1), limit, requests) >= share) {
      users++;
    }
    return users;
  }

  private static double kept(Flow flow, double limit, int requests) {
    int kept = 0;
    for (int i = 0; i < requests; i++) {
      kept += flow.next().ttft() <= limit ? 1 : 0;
    }
    return (double) kept / requests;
  }
}
