package io.streamgauge.common.histogram;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * An immutable distribution of durations in nanoseconds. Count, mean, spread, least and greatest
 * are exact; percentiles come from an HdrHistogram of one layout (three significant digits, 1 us to
 * 1 h), so distributions of lanes and agents add up without loss. {@link #plus} with {@link #ZERO}
 * is a monoid.
 */
public final class Distribution {
  static final long HIGHEST_NANOS = 3_600_000_000_000L;
  private static final long LOWEST_NANOS = 1_000;
  private static final int DIGITS = 3;
  private static final double NANOS_PER_MILLI = 1e6;

  public static final Distribution ZERO =
      new Distribution(emptyHistogram(), 0, 0, Long.MAX_VALUE, Long.MIN_VALUE);

  /**
   * A histogram takes 190 KB whatever is in it. A distribution that came over the wire keeps the
   * text that it came as instead, of a few hundred bytes: a controller holds several of each agent.
   */
  private final @Nullable Histogram unpacked;

  private final @Nullable String packed;
  private final long count;
  private final double sum;
  private final double sumOfSquares;
  private final long least;
  private final long greatest;

  Distribution(Histogram histogram, double sum, double sumOfSquares, long least, long greatest) {
    this(histogram, null, histogram.getTotalCount(), sum, sumOfSquares, least, greatest);
  }

  private Distribution(
      @Nullable Histogram unpacked,
      @Nullable String packed,
      long count,
      double sum,
      double sumOfSquares,
      long least,
      long greatest) {
    this.unpacked = unpacked;
    this.packed = packed;
    this.count = count;
    this.sum = sum;
    this.sumOfSquares = sumOfSquares;
    this.least = least;
    this.greatest = greatest;
  }

  private Histogram histogram() {
    return unpacked != null ? unpacked : decodeHistogram(Objects.requireNonNull(packed));
  }

  static Histogram emptyHistogram() {
    return new Histogram(LOWEST_NANOS, HIGHEST_NANOS, DIGITS);
  }

  /** The distribution of the given durations in nanoseconds. */
  public static Distribution of(long... nanos) {
    DistributionRecorder recorder = new DistributionRecorder();
    Arrays.stream(nanos).forEach(recorder::record);
    return recorder.snapshot();
  }

  /** Reads the wire form; {@code hdr} is the base64 of the compressed histogram. */
  @JsonCreator
  static Distribution decode(
      @JsonProperty(value = "sum_nanos", required = true) double sum,
      @JsonProperty(value = "sum_of_squares", required = true) double sumOfSquares,
      @JsonProperty(value = "min_nanos", required = true) long least,
      @JsonProperty(value = "max_nanos", required = true) long greatest,
      @JsonProperty(value = "hdr", required = true) String hdr) {
    long count = decodeHistogram(hdr).getTotalCount();
    return new Distribution(null, hdr, count, sum, sumOfSquares, least, greatest);
  }

  /** What {@link #hdr} gave, with extremes and moments to the histogram's three digits. */
  public static Distribution ofHdr(String hdr) {
    Histogram read = decodeHistogram(hdr);
    double sum = read.getMean() * read.getTotalCount();
    double squares =
        (Math.pow(read.getStdDeviation(), 2) + Math.pow(read.getMean(), 2)) * read.getTotalCount();
    return new Distribution(
        read, hdr, read.getTotalCount(), sum, squares, read.getMinValue(), read.getMaxValue());
  }

  private static Histogram decodeHistogram(String hdr) {
    Histogram read = decompress(hdr);
    if (read.getLowestDiscernibleValue() != LOWEST_NANOS
        || read.getHighestTrackableValue() != HIGHEST_NANOS
        || read.getNumberOfSignificantValueDigits() != DIGITS) {
      throw new IllegalArgumentException(
          "hdr: a histogram of another layout, %d to %d with %d digits"
              .formatted(
                  read.getLowestDiscernibleValue(),
                  read.getHighestTrackableValue(),
                  read.getNumberOfSignificantValueDigits()));
    }
    return read;
  }

  private static Histogram decompress(String hdr) {
    try {
      return Histogram.decodeFromCompressedByteBuffer(
          ByteBuffer.wrap(Base64.getDecoder().decode(hdr)), HIGHEST_NANOS);
    } catch (DataFormatException
        | IllegalArgumentException
        | BufferUnderflowException
        | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("hdr: not a compressed histogram in base64", e);
    }
  }

  /** Both distributions as one; neither is changed. */
  public Distribution plus(Distribution other) {
    if (other.count() == 0) {
      return this;
    }
    if (count() == 0) {
      return other;
    }
    return sum(List.of(this, other));
  }

  /** All of them as one, with less work than adding one after the other. */
  public static Distribution sum(Collection<Distribution> all) {
    Histogram merged = emptyHistogram();
    double sum = 0;
    double sumOfSquares = 0;
    long least = ZERO.least;
    long greatest = ZERO.greatest;
    for (Distribution one : all) {
      if (one.count > 0) {
        merged.add(one.histogram());
        sum += one.sum;
        sumOfSquares += one.sumOfSquares;
        least = Math.min(least, one.least);
        greatest = Math.max(greatest, one.greatest);
      }
    }
    return new Distribution(merged, sum, sumOfSquares, least, greatest);
  }

  /**
   * What came after {@code earlier}, of which this is the continuation; empty where it is none. Its
   * least and greatest are as exact as percentiles.
   */
  public Optional<Distribution> since(Distribution earlier) {
    if (earlier.count == 0) {
      return Optional.of(this);
    }
    Histogram rest = histogram().copy();
    try {
      rest.subtract(earlier.histogram());
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException _) {
      return Optional.empty();
    }
    return Optional.of(
        rest.getTotalCount() == 0
            ? ZERO
            : new Distribution(
                rest,
                sum - earlier.sum,
                sumOfSquares - earlier.sumOfSquares,
                Math.max(rest.getMinValue(), least),
                Math.min(rest.getMaxValue(), greatest)));
  }

  @JsonProperty("sum_nanos")
  double sumNanos() {
    return sum;
  }

  @JsonProperty("sum_of_squares")
  double sumOfSquares() {
    return sumOfSquares;
  }

  @JsonProperty("min_nanos")
  long minNanos() {
    return least;
  }

  @JsonProperty("max_nanos")
  long maxNanos() {
    return greatest;
  }

  /** The histogram, compressed, as base64. */
  @JsonProperty("hdr")
  public String hdr() {
    if (packed != null) {
      return packed;
    }
    Histogram histogram = histogram();
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
  }

  public long count() {
    return count;
  }

  /** Mean in milliseconds; empty when nothing was recorded. */
  public OptionalDouble meanMillis() {
    return count() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(sum / count() / NANOS_PER_MILLI);
  }

  /** Population standard deviation in milliseconds. */
  public OptionalDouble stddevMillis() {
    if (count() == 0) {
      return OptionalDouble.empty();
    }
    double mean = sum / count();
    double variance = Math.max(0, sumOfSquares / count() - mean * mean);
    return OptionalDouble.of(Math.sqrt(variance) / NANOS_PER_MILLI);
  }

  public OptionalDouble minMillis() {
    return count() == 0 ? OptionalDouble.empty() : OptionalDouble.of(least / NANOS_PER_MILLI);
  }

  public OptionalDouble maxMillis() {
    return count() == 0 ? OptionalDouble.empty() : OptionalDouble.of(greatest / NANOS_PER_MILLI);
  }

  /**
   * The given quantile (0 to 1) in milliseconds whatever the number of samples, never outside the
   * exact least and greatest; empty when nothing was recorded.
   */
  public OptionalDouble quantileMillis(double quantile) {
    if (count() == 0) {
      return OptionalDouble.empty();
    }
    long value = histogram().getValueAtPercentile(quantile * 100);
    return OptionalDouble.of(Math.clamp(value, least, greatest) / NANOS_PER_MILLI);
  }

  /** How many lie above so many ns, to the histogram's three digits. */
  public long countAbove(long nanos) {
    Histogram all = histogram();
    long next = all.nextNonEquivalentValue(Math.clamp(nanos, 0, HIGHEST_NANOS));
    return next > HIGHEST_NANOS ? 0 : all.getCountBetweenValues(next, HIGHEST_NANOS);
  }

  /** By the bytes, because a histogram tracks extremes that it forgets when it is encoded. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Distribution that
        && sum == that.sum
        && sumOfSquares == that.sumOfSquares
        && least == that.least
        && greatest == that.greatest
        && hdr().equals(that.hdr());
  }

  @Override
  public int hashCode() {
    return Objects.hash(count(), sum, least, greatest);
  }

  @Override
  public String toString() {
    return "Distribution[count=%d, mean=%s ms]".formatted(count(), meanMillis());
  }
}
