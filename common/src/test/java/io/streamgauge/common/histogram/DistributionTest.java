package io.streamgauge.common.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamgauge.common.json.Json;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionTest {
  private static final long HOUR = Duration.ofHours(1).toNanos();
  private static final long MILLI = 1_000_000;

  private final SplittableRandom random = new SplittableRandom(7);

  @Test
  void zeroIsNeutral() {
    Distribution some = Distribution.of(3, 5 * MILLI, HOUR);

    assertThat(some.plus(Distribution.ZERO)).isEqualTo(some);
    assertThat(Distribution.ZERO.plus(some)).isEqualTo(some);
    assertThat(Distribution.ZERO.plus(Distribution.ZERO)).isEqualTo(Distribution.ZERO);
  }

  @Test
  void whatCameSinceIsWhatWasAdded() {
    for (int round = 0; round < 50; round++) {
      Distribution earlier = Distribution.of(durations(round % 4, MILLI));
      Distribution more = Distribution.of(durations(random.nextInt(1, 30), MILLI));
      Distribution since = earlier.plus(more).since(earlier).orElseThrow();

      assertThat(since.count()).isEqualTo(more.count());
      assertThat(since.meanMillis().orElseThrow())
          .isCloseTo(more.meanMillis().orElseThrow(), withinPercentage(1e-6));
      for (double quantile : new double[] {0, 0.5, 0.99, 1}) {
        assertThat(since.quantileMillis(quantile).orElseThrow())
            .isCloseTo(more.quantileMillis(quantile).orElseThrow(), within(0.001));
      }
    }
  }

  @Test
  void nothingCameSinceWhatItDoesNotContinue() {
    Distribution some = Distribution.of(3, 5 * MILLI);

    assertThat(some.since(some)).hasValue(Distribution.ZERO);
    assertThat(some.since(Distribution.of(3, 6 * MILLI))).isEmpty();
    assertThat(Distribution.ZERO.since(some)).isEmpty();
  }

  @Test
  void plusIsAssociativeAndCommutative() {
    for (int round = 0; round < 50; round++) {
      Distribution a = Distribution.of(durations(round % 4, MILLI));
      Distribution b = Distribution.of(durations(random.nextInt(30), MILLI));
      Distribution c = Distribution.of(durations(random.nextInt(30), MILLI));

      assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
      assertThat(a.plus(b)).isEqualTo(b.plus(a));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 100})
  void partsAddUpToTheWholeExactly(int parts) {
    long[] durations = durations(1_000, 2 * HOUR);
    Distribution whole = Distribution.of(durations);

    Distribution sum = Distribution.ZERO;
    for (int part = 0; part < parts; part++) {
      sum =
          sum.plus(
              Distribution.of(
                  Arrays.copyOfRange(durations, 1_000 * part / parts, 1_000 * (part + 1) / parts)));
    }

    assertThat(sum.count()).isEqualTo(1_000);
    assertThat(sum.meanMillis()).isEqualTo(whole.meanMillis());
    assertThat(sum.minMillis()).isEqualTo(whole.minMillis());
    assertThat(sum.maxMillis()).isEqualTo(whole.maxMillis());
    assertThat(sum.hdr()).isEqualTo(whole.hdr());
    assertThat(sum.stddevMillis().orElseThrow())
        .isCloseTo(whole.stddevMillis().orElseThrow(), withinPercentage(1e-9));
  }

  @Test
  void countMeanSpreadLeastAndGreatestAreExact() {
    Distribution distribution = Distribution.of(MILLI, 3 * MILLI);

    assertThat(distribution.count()).isEqualTo(2);
    assertThat(distribution.meanMillis()).hasValue(2);
    assertThat(distribution.stddevMillis()).hasValue(1);
    assertThat(distribution.minMillis()).hasValue(1);
    assertThat(distribution.maxMillis()).hasValue(3);
  }

  @Test
  void nothingRecordedHasNoNumbers() {
    assertThat(Distribution.ZERO.count()).isZero();
    assertThat(Distribution.ZERO.meanMillis()).isEmpty();
    assertThat(Distribution.ZERO.stddevMillis()).isEmpty();
    assertThat(Distribution.ZERO.minMillis()).isEmpty();
    assertThat(Distribution.ZERO.maxMillis()).isEmpty();
    assertThat(Distribution.ZERO.quantileMillis(0.5)).isEmpty();
  }

  @Test
  void aboveAnHourTheHistogramIsClampedAndTheRestIsExact() {
    Distribution distribution = Distribution.of(HOUR, 3 * HOUR);

    assertThat(distribution.hdr()).isEqualTo(Distribution.of(HOUR, HOUR).hdr());
    assertThat(distribution.maxMillis()).hasValue(3 * 3_600_000.0);
    assertThat(distribution.meanMillis()).hasValue(2 * 3_600_000.0);
    assertThat(distribution.quantileMillis(1).orElseThrow())
        .isCloseTo(3_600_000, withinPercentage(0.1));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01, 0.5, 0.9, 0.95, 0.99, 0.999, 1})
  void aPercentileIsWithinATenthOfAPercentOfTheSortedSamples(double quantile) {
    long[] durations = durations(20_000, HOUR);
    Distribution distribution = Distribution.of(durations);
    Arrays.sort(durations);
    double exact = durations[Math.max(0, (int) Math.ceil(quantile * durations.length) - 1)] / 1e6;

    assertThat(distribution.quantileMillis(quantile).orElseThrow())
        .isCloseTo(exact, within(Math.max(exact / 1_000, 0.001)));
  }

  @Test
  void aPercentileIsNeverOutsideTheExactLeastAndGreatest() {
    Distribution one = Distribution.of(123_456_789);

    assertThat(one.quantileMillis(0)).hasValue(123.456789);
    assertThat(one.quantileMillis(1)).hasValue(123.456789);
  }

  @ParameterizedTest
  @MethodSource
  void itTravelsAsJson(Distribution distribution) throws JsonProcessingException {
    String json = Json.MAPPER.writeValueAsString(distribution);
    Distribution read = Json.MAPPER.readValue(json, Distribution.class);

    assertThat(read).isEqualTo(distribution).hasSameHashCodeAs(distribution);
    assertThat(read.hdr()).isEqualTo(distribution.hdr());
    assertThat(read.plus(distribution)).isEqualTo(distribution.plus(distribution));
  }

  static Stream<Arguments> itTravelsAsJson() {
    return Stream.of(
        argumentSet("nothing", Distribution.ZERO),
        argumentSet("no time at all", Distribution.of(0)),
        argumentSet("a nanosecond", Distribution.of(1)),
        argumentSet("before it began", Distribution.of(-5, 3)),
        argumentSet("some", Distribution.of(MILLI, 2 * MILLI, 2 * MILLI, 12_345_678_901L)),
        argumentSet("beyond the histogram", Distribution.of(MILLI, 2 * HOUR)));
  }

  @ParameterizedTest
  @MethodSource
  void whatIsNoHistogramOfThisLayoutIsRefused(String hdr, String problem) {
    String json =
        """
        {"sum_nanos": 1, "sum_of_squares": 1, "min_nanos": 1, "max_nanos": 1, "hdr": "%s"}\
        """
            .formatted(hdr);

    assertThatExceptionOfType(JsonProcessingException.class)
        .isThrownBy(() -> Json.MAPPER.readValue(json, Distribution.class))
        .withMessageContaining("hdr: " + problem);
  }

  static Stream<Arguments> whatIsNoHistogramOfThisLayoutIsRefused() {
    String rubbish = "not a compressed histogram";
    String layout = "a histogram of another layout";
    byte[] cut = Base64.getDecoder().decode(Distribution.of(MILLI).hdr());
    return Stream.of(
        argumentSet("two digits", hdr(new Histogram(1_000, HOUR, 2)), layout),
        argumentSet("from 1 ns", hdr(new Histogram(1, HOUR, 3)), layout),
        argumentSet("to two hours", hdr(new Histogram(1_000, 2 * HOUR, 3)), layout),
        argumentSet("empty", "", rubbish),
        argumentSet("no base64", "!?", rubbish),
        argumentSet("short", "AAAA", rubbish),
        argumentSet("no histogram", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", rubbish),
        argumentSet(
            "cut off", Base64.getEncoder().encodeToString(Arrays.copyOf(cut, 12)), rubbish));
  }

  @Test
  void whatLiesAboveAValueIsCountedToThreeDigits() {
    Distribution some = Distribution.of(0, 1_000_000, 2_000_000, 2_100_000, 3_600_000_000_000L);

    assertThat(some.countAbove(0)).isEqualTo(4);
    assertThat(some.countAbove(2_000_000)).isEqualTo(2);
    assertThat(some.countAbove(3_600_000_000_000L)).isZero();
    assertThat(Distribution.ZERO.countAbove(0)).isZero();
  }

  @Test
  void aFieldThatIsMissingIsNamed() {
    assertThatExceptionOfType(JsonProcessingException.class)
        .isThrownBy(() -> Json.MAPPER.readValue("{\"sum_nanos\": 1}", Distribution.class))
        .withMessageContaining("sum_of_squares");
  }

  private static String hdr(Histogram histogram) {
    histogram.recordValue(MILLI);
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
  }

  /** From 1 us to {@code greatest}, as many in each decade. */
  private long[] durations(int count, long greatest) {
    return random
        .doubles(count)
        .mapToLong(u -> Math.round(1_000 * Math.pow(greatest / 1e3, u)))
        .toArray();
  }

  @Test
  void whatIsTakenPieceByPieceAddsUpToTheWhole() {
    DistributionRecorder whole = new DistributionRecorder();
    DistributionRecorder pieces = new DistributionRecorder();
    Distribution sum = pieces.take();
    for (long nanos : durations(1_000, MILLI)) {
      whole.record(nanos);
      pieces.record(nanos);
      sum = nanos % 7 == 0 ? sum.plus(pieces.take()) : sum;
    }

    assertThat(sum.plus(pieces.take())).isEqualTo(whole.snapshot());
    assertThat(pieces.take()).isEqualTo(Distribution.ZERO);
  }
}
