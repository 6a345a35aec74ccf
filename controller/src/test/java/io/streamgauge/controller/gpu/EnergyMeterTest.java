package io.streamgauge.controller.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamgauge.common.gpu.GpuQuantity;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnergyMeterTest {
  private static final Duration INTERVAL = Duration.ofMillis(100);

  /** In s, W and J as functions of time, sampled every 100 ms from -1 s to 11 s. */
  private static GpuSeries series(DoubleUnaryOperator watts, DoubleUnaryOperator joules) {
    return series(watts, joules, Double.NaN, Double.NaN);
  }

  private static GpuSeries series(
      DoubleUnaryOperator watts, DoubleUnaryOperator joules, double gapFrom, double gapTo) {
    GpuSeries series = new GpuSeries();
    for (int i = -10; i <= 110; i++) {
      double t = i / 10.0;
      if (!(t > gapFrom && t < gapTo)) {
        Map<GpuQuantity, Long> values = new EnumMap<>(GpuQuantity.class);
        values.put(GpuQuantity.POWER, Math.round(watts.applyAsDouble(t) * 1e3));
        values.put(GpuQuantity.ENERGY, Math.round(joules.applyAsDouble(t) * 1e3));
        series.add(Math.round(t * 1e9), values);
      }
    }
    return series;
  }

  private static EnergyMeter meter(GpuSeries series) {
    return new EnergyMeter(series, INTERVAL, OptionalLong.empty());
  }

  private static long at(double seconds) {
    return Math.round(seconds * 1e9);
  }

  @ParameterizedTest(name = "{0} W from {1} s to {2} s are {3} J")
  @CsvSource({
    "300, 0,    10,   3000",
    "300, 0,    2,    600",
    "300, 3.05, 7.95, 1470",
    "150, 0.01, 9.99, 1497",
    "0,   0,    10,   0",
  })
  void aConstantDrawIsThatTimesTheTime(double watts, double from, double to, double joules) {
    EnergyMeter meter = meter(series(_ -> watts, t -> 7_000 + watts * t));

    assertThat(meter.counter(at(from), at(to)))
        .isInstanceOfSatisfying(
            Energy.Whole.class,
            whole -> {
              assertThat(whole.joules()).isCloseTo(joules, within(0.01));
              assertThat(whole.step()).isCloseTo(watts / 10, within(0.01));
            });
    assertThat(meter.integral(at(from), at(to)).orElseThrow()).isCloseTo(joules, within(0.01));
  }

  @Test
  void aCounterOfCoarseStepsIsOffByNoMoreThanOneAndSaysSo() {
    EnergyMeter meter = meter(series(_ -> 300, t -> 300 * Math.floor(t / 0.4) * 0.4));

    assertThat(meter.counter(at(0.15), at(9.73)))
        .isInstanceOfSatisfying(
            Energy.Whole.class,
            whole -> {
              assertThat(whole.step()).isCloseTo(120, within(0.01));
              assertThat(whole.joules()).isCloseTo(300 * (9.73 - 0.15), within(120.0));
            });
  }

  @Test
  void aRisingDrawIsIntegratedByTrapezoids() {
    EnergyMeter meter = meter(series(t -> 100 + 20 * t, t -> 5_000 + 100 * t + 10 * t * t));

    assertThat(meter.integral(at(1), at(9)).orElseThrow()).isCloseTo(1_600, within(0.01));
    assertThat(meter.counter(at(1), at(9)))
        .isInstanceOfSatisfying(
            Energy.Whole.class, whole -> assertThat(whole.joules()).isCloseTo(1_600, within(0.01)));
  }

  @Test
  void aWindowBelowTwoSecondsHasNoEnergy() {
    EnergyMeter meter = meter(series(_ -> 300, t -> 300 * t));

    assertThat(meter.counter(at(1), at(2.999)))
        .isInstanceOfSatisfying(
            Energy.Missing.class,
            missing -> assertThat(missing.reason()).isEqualTo(Energy.Reason.WINDOW_SHORT));
    assertThat(meter.integral(at(1), at(2.999))).isEmpty();
    assertThat(meter.counter(at(1), at(3))).isInstanceOf(Energy.Whole.class);
  }

  @ParameterizedTest(name = "a reset at {0} s, a window from {1} s to {2} s: whole {3}")
  @CsvSource({
    "5,    0, 10, false",
    "0.05, 0, 10, false",
    "9.95, 0, 10, false",
    "5,    6, 10, true",
    "5,    0, 4,  true",
  })
  void aCounterThatBeginsAnewVoidsTheWindowsThatItFallsInto(
      double reset, double from, double to, boolean whole) {
    EnergyMeter meter =
        meter(series(_ -> 300, t -> t < reset ? 9_000 + 300 * t : 300 * (t - reset)));

    Energy energy = meter.counter(at(from), at(to));

    if (whole) {
      assertThat(energy).isInstanceOf(Energy.Whole.class);
    } else {
      assertThat(energy)
          .isEqualTo(
              new Energy.Missing(Energy.Reason.COUNTER_RESET, "its energy counter began anew"));
    }
  }

  @ParameterizedTest(name = "lost at {0} s, a window to {1} s: whole {2}")
  @CsvSource({"3, 10, false", "9.99, 10, false", "10.5, 10, true"})
  void aLostGpuHasNoPartialEnergy(double lost, double to, boolean whole) {
    EnergyMeter meter =
        new EnergyMeter(series(_ -> 300, t -> 300 * t), INTERVAL, OptionalLong.of(at(lost)));

    assertThat(meter.counter(0, at(to)) instanceof Energy.Whole).isEqualTo(whole);
    assertThat(meter.integral(0, at(to)).isPresent()).isEqualTo(whole);
  }

  @ParameterizedTest(name = "no samples from {0} s to {1} s: counter {2}, integral {3}")
  @CsvSource({
    "4,    4.9, true,  true",
    "4,    6,   true,  false",
    "-2,   1.5, false, false",
    "9,    12,  false, false",
    "-2,   0,   true,  true",
  })
  void aGapCostsTheIntegralAndAtAnEndTheCounterToo(
      double from, double to, boolean counter, boolean integral) {
    EnergyMeter meter = meter(series(_ -> 300, t -> 300 * t, from, to));

    assertThat(meter.counter(0, at(10)) instanceof Energy.Whole).isEqualTo(counter);
    assertThat(meter.integral(0, at(10)).isPresent()).isEqualTo(integral);
  }

  @Test
  void aBoardWithoutACounterHasNone() {
    GpuSeries series = new GpuSeries();
    for (int i = 0; i <= 100; i++) {
      series.add(i * 100_000_000L, Map.of(GpuQuantity.POWER, 150_000L));
    }

    assertThat(meter(series).counter(0, at(10)))
        .isEqualTo(new Energy.Missing(Energy.Reason.NO_READING, "no energy counter is read"));
    assertThat(meter(series).integral(0, at(10)).orElseThrow()).isCloseTo(1_500, within(0.01));
  }

  @Test
  void aFullSeriesThinsItselfOutAndKeepsItsSpan() {
    GpuSeries series = new GpuSeries(100);
    for (int i = 0; i <= 1_000; i++) {
      series.add(i * 100_000_000L, Map.of(GpuQuantity.ENERGY, i * 30_000L));
    }

    assertThat(series.size()).isBetween(50, 100);
    assertThat((long) series.size() * series.stride()).isBetween(985L, 1_016L);
    assertThat(series.at(0)).isZero();
    assertThat(meter(series).counter(0, at(95)))
        .isInstanceOfSatisfying(
            Energy.Whole.class,
            whole -> assertThat(whole.joules()).isCloseTo(95 * 300, within(0.01)));
  }
}
