package io.streamgauge.common.dataset.summary;

import java.util.ArrayList;
import java.util.List;

/** When requests come: how many in which part of the time, and how even the gaps between them. */
public final class Arrivals {
  private static final int BINS = 30;

  /** From 1 ms on each width of a bin is so many times the one before it: 2, 10, 20, 100 ms, … */
  private static final int[] WIDER = {2, 5, 2, 5, 2, 5, 2, 5, 6, 2, 5, 6, 2, 6, 2, 7};

  private final long[] counts = new long[BINS];
  private long width = 1_000_000;
  private int wider;
  private long count;
  private long first;
  private long latest;
  private long ties;
  private long gaps;
  private double mean;
  private double squares;

  /** Requests that stand behind a later one are counted, and no gap ends with them. */
  void add(long nanos) {
    if (count == 0) {
      first = nanos;
    } else if (nanos >= latest) {
      gap(nanos - latest);
    }
    latest = count == 0 ? nanos : Math.max(latest, nanos);
    count++;
    long since = Math.max(0, nanos - first);
    while (since / width >= BINS) {
      widen();
    }
    counts[(int) (since / width)]++;
  }

  private void gap(long nanos) {
    ties += nanos == 0 ? 1 : 0;
    gaps++;
    double off = nanos - mean;
    mean += off / gaps;
    squares += off * (nanos - mean);
  }

  private void widen() {
    int times = WIDER[Math.min(wider++, WIDER.length - 1)];
    for (int i = 0; i < BINS; i++) {
      long moved = counts[i];
      counts[i] = 0;
      counts[i / times] += moved;
    }
    width *= times;
  }

  public boolean isEmpty() {
    return count == 0;
  }

  /** From the first request to the last. */
  public long nanos() {
    return latest - first;
  }

  /** Requests per second on average. */
  public double rate() {
    return nanos() == 0 ? 0 : (count - 1) / (nanos() / 1e9);
  }

  /** Of the gaps between requests, the standard deviation by the mean: 1 for Poisson arrivals. */
  public double cv() {
    return mean == 0 ? 0 : Math.sqrt(squares / gaps) / mean;
  }

  /** Of all requests, those at the very time of the one before. */
  public double ties() {
    return (double) ties / count;
  }

  /** The width of {@link #counts}' bins. */
  public long binNanos() {
    return width;
  }

  /** How many requests come in each part of the time. */
  public List<Long> counts() {
    List<Long> list = new ArrayList<>();
    for (int i = 0; i <= Math.min(BINS - 1, nanos() / width); i++) {
      list.add(counts[i]);
    }
    return list;
  }
}
