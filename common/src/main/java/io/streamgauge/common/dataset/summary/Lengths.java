package io.streamgauge.common.dataset.summary;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long things are: each length that occurs, and how often. Exact, and small for many things.
 */
public final class Lengths {
  private final TreeMap<Integer, Long> counts = new TreeMap<>();
  private long count;
  private double sum;

  void add(int length) {
    counts.merge(length, 1L, Long::sum);
    count++;
    sum += length;
  }

  public boolean isEmpty() {
    return count == 0;
  }

  public long count() {
    return count;
  }

  public int min() {
    return counts.firstKey();
  }

  public int max() {
    return counts.lastKey();
  }

  public double mean() {
    return sum / count;
  }

  /** Of an even number of lengths the mean of the middle two. */
  public double median() {
    return (atRank((count + 1) / 2) + (double) atRank(count / 2 + 1)) / 2;
  }

  /** The smallest length that so large a share of all does not exceed. */
  public int percentile(double share) {
    return atRank(Math.max(1, (long) Math.ceil(share * count)));
  }

  private int atRank(long rank) {
    long seen = 0;
    for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
      seen += entry.getValue();
      if (seen >= rank) {
        return entry.getKey();
      }
    }
    return max();
  }

  /** How many lengths are from one to another. */
  public record Bin(int from, int to, long count) {}

  /** Bins from one power of two to before the next one, without empty ones at the ends. */
  public List<Bin> bins() {
    List<Bin> bins = new ArrayList<>();
    int from = Integer.highestOneBit(Math.max(1, min()));
    if (min() == 0) {
      from = 0;
    }
    while (from >= 0 && from <= max()) {
      int to = from == 0 ? 0 : from - 1 + from;
      long inside = 0;
      for (long each : counts.subMap(from, true, to, true).values()) {
        inside += each;
      }
      bins.add(new Bin(from, to, inside));
      from = to + 1;
    }
    return bins;
  }
}
