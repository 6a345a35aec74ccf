package io.streamgauge.controller.gpu;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.streamgauge.common.gpu.ClockEvent;
import io.streamgauge.common.gpu.GpuBoard;
import io.streamgauge.common.gpu.GpuProcess;
import io.streamgauge.common.gpu.GpuQuantity;
import io.streamgauge.common.gpu.GpuTenants;
import io.streamgauge.common.gpu.PowerReading;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A GPU in a level.
 *
 * @param agent that sampled it
 * @param index as NVML numbers the GPUs of that agent's host
 * @param memoryTotalMb in MB of 2^20 bytes
 * @param powerReading which of NVML's readings {@code power_w} is
 * @param mig whether it is split into instances; absent where it cannot be
 * @param unavailable what the board does not tell, with the reason
 * @param summary by quantity, of the samples in the window
 * @param clockEvents what held its clocks back, and in which share of the samples
 * @param processes that computed on it during the level
 * @param lostAtS when it fell away, in s from the level's start
 * @param idlePowerW before the first load
 * @param sampleEvery one of so many samples is in {@code samples}
 */
public record GpuResult(
    String agent,
    int index,
    String uuid,
    String name,
    Optional<Long> memoryTotalMb,
    Optional<Double> powerLimitW,
    PowerReading powerReading,
    Optional<Boolean> mig,
    List<String> unavailable,
    GpuCoverage coverage,
    Map<String, GpuSummary> summary,
    Map<String, Double> clockEvents,
    List<GpuProcess> processes,
    @JsonIgnore List<GpuProcess> strangers,
    @JsonIgnore Energy counter,
    Optional<Double> lostAtS,
    Optional<Double> idlePowerW,
    @JsonUnwrapped GpuEnergy energy,
    int sampleEvery,
    GpuPoints samples) {
  /** Ten minutes at the default interval; with more the file would be nothing but samples. */
  private static final int MOST_POINTS = 6_000;

  private static final double SECOND = 1e9;

  public static GpuResult of(GpuEvidence evidence, GpuWindow window) {
    long from = evidence.origin() + window.span().from();
    long to = evidence.origin() + window.span().to();
    boolean empty = window.seconds() == 0;
    GpuSeries series = evidence.series();
    int first = 0;
    while (first < series.size() && (empty || series.at(first) < from)) {
      first++;
    }
    int end = first;
    while (end < series.size() && series.at(end) <= to) {
      end++;
    }
    EnergyMeter meter = new EnergyMeter(series, evidence.interval(), evidence.lostAt());
    Energy counter =
        empty
            ? new Energy.Missing(Energy.Reason.WINDOW_SHORT, "the window is empty")
            : meter.counter(from, to);
    int every = Math.max(1, Math.ceilDiv(end - first, MOST_POINTS));
    GpuBoard board = evidence.board();
    Map<Long, GpuProcess> processes = processes(evidence, from, to);
    return new GpuResult(
        evidence.agent(),
        board.gpu().index(),
        board.gpu().uuid(),
        board.gpu().name(),
        board.gpu().memoryMb(),
        board.powerLimitW(),
        board.power(),
        board.mig(),
        board.unavailable(),
        GpuCoverage.of(
            evidence.interval(), window.seconds(), (long) (end - first) * series.stride()),
        GpuSummary.of(series, first, end),
        clockEvents(series, first, end),
        List.copyOf(processes.values()),
        strangers(evidence, processes),
        counter,
        evidence.loss().map(loss -> Rounded.of((loss.at() - evidence.origin()) / SECOND)),
        evidence.idle().powerW().map(Rounded::of),
        GpuEnergy.of(counter, empty ? Optional.empty() : meter.integral(from, to), window),
        every * series.stride(),
        new GpuPoints(series, first, end, every, evidence.origin()));
  }

  private static Map<String, Double> clockEvents(GpuSeries series, int first, int end) {
    long[] masks =
        IntStream.range(first, end)
            .filter(i -> series.has(GpuQuantity.CLOCK_EVENTS, i))
            .mapToLong(i -> series.raw(GpuQuantity.CLOCK_EVENTS, i))
            .toArray();
    Map<String, Double> shares = new LinkedHashMap<>();
    for (ClockEvent event : ClockEvent.values()) {
      long seen = Arrays.stream(masks).filter(event::isIn).count();
      if (seen > 0) {
        shares.put(event.label(), Rounded.of((double) seen / masks.length));
      }
    }
    return shares;
  }

  /** Those seen within the window, with the most memory that each had. */
  private static Map<Long, GpuProcess> processes(GpuEvidence evidence, long from, long to) {
    Map<Long, GpuProcess> all = new TreeMap<>();
    evidence.tenants().stream()
        .filter(seen -> seen.at() >= from && seen.at() <= to)
        .map(GpuTenants::processes)
        .flatMap(List::stream)
        .forEach(
            process ->
                all.merge(
                    process.pid(),
                    process,
                    (a, b) -> a.memoryMb().orElse(0L) >= b.memoryMb().orElse(0L) ? a : b));
    return all;
  }

  /** Who is not the target: was there before its engine started, or is one of several. */
  private static List<GpuProcess> strangers(GpuEvidence evidence, Map<Long, GpuProcess> processes) {
    List<GpuProcess> before =
        processes.values().stream()
            .filter(process -> evidence.idle().processes().contains(process.pid()))
            .toList();
    return !before.isEmpty()
        ? before
        : processes.size() > 1 ? List.copyOf(processes.values()) : List.of();
  }

  /** A quantity's numbers, where it was sampled. */
  public Optional<GpuSummary> of(GpuQuantity quantity) {
    return Optional.ofNullable(summary.get(quantity.key()));
  }
}
