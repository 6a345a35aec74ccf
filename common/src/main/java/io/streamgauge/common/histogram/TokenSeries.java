package io.streamgauge.common.histogram;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;

/**
 * Output tokens by the time at which they arrived, whatever became of their requests: one count for
 * each 10 ms from the level's start. {@link #plus} with {@link #ZERO} is a monoid.
 */
public final class TokenSeries {
  public static final long BIN_NANOS = 10_000_000;
  public static final TokenSeries ZERO = new TokenSeries(new int[0]);

  private final int[] bins;

  /** Takes the bins over; trailing zeros say nothing and are cut off. */
  private TokenSeries(int[] bins) {
    int length = bins.length;
    while (length > 0 && bins[length - 1] == 0) {
      length--;
    }
    this.bins = length == bins.length ? bins : Arrays.copyOf(bins, length);
  }

  /** The series with these counts, one for each 10 ms. */
  public static TokenSeries of(int... bins) {
    return new TokenSeries(bins.clone());
  }

  @JsonCreator
  static TokenSeries decode(@JsonProperty(value = "bins", required = true) String packed) {
    return new TokenSeries(PackedCounts.unpack(packed));
  }

  /** The wire form. */
  @JsonProperty("bins")
  String packed() {
    return PackedCounts.pack(bins);
  }

  public TokenSeries plus(TokenSeries other) {
    if (bins.length < other.bins.length) {
      return other.plus(this);
    }
    if (other.bins.length == 0) {
      return this;
    }
    int[] sum = bins.clone();
    for (int i = 0; i < other.bins.length; i++) {
      sum[i] = Math.addExact(sum[i], other.bins[i]);
    }
    return new TokenSeries(sum);
  }

  /** All tokens that arrived. */
  @JsonIgnore
  public long total() {
    return Arrays.stream(bins).asLongStream().sum();
  }

  /**
   * Tokens that arrived from {@code from} up to, but without, {@code to}, in ns from the level's
   * start; the edges are widened to whole bins.
   */
  public long within(long from, long to) {
    long sum = 0;
    long end = Math.min(bins.length, Math.ceilDiv(to, BIN_NANOS));
    for (long i = Math.max(0, Math.floorDiv(from, BIN_NANOS)); i < end; i++) {
      sum += bins[(int) i];
    }
    return sum;
  }

  /** The most tokens in any span of {@code nanos}, which is rounded up to whole bins. */
  public long most(long nanos) {
    int span = Math.toIntExact(Math.ceilDiv(nanos, BIN_NANOS));
    long inSpan = 0;
    long most = 0;
    for (int i = 0; i < bins.length; i++) {
      inSpan += bins[i] - (i >= span ? bins[i - span] : 0);
      most = Math.max(most, inSpan);
    }
    return most;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenSeries that && Arrays.equals(bins, that.bins);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bins);
  }

  @Override
  public String toString() {
    return "TokenSeries[%d tokens in %d bins]".formatted(total(), bins.length);
  }
}
