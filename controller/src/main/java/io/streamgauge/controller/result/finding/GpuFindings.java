package io.streamgauge.controller.result.finding;

import static io.streamgauge.controller.result.finding.Finding.Severity.INFO;
import static io.streamgauge.controller.result.finding.Finding.Severity.WARNING;

import io.streamgauge.common.gpu.ClockEvent;
import io.streamgauge.common.gpu.GpuLoss;
import io.streamgauge.common.gpu.GpuProcess;
import io.streamgauge.common.gpu.GpuQuantity;
import io.streamgauge.common.measure.Counts;
import io.streamgauge.controller.gpu.Energy;
import io.streamgauge.controller.gpu.GpuEvidence;
import io.streamgauge.controller.gpu.GpuResult;
import io.streamgauge.controller.gpu.GpuSummary;
import io.streamgauge.controller.gpu.GpuWindow;
import io.streamgauge.controller.result.LevelEvidence;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is to be known about a level's GPUs. */
public final class GpuFindings {
  private static final double ENOUGH = 0.9;
  private static final double MOST_OFF_PERCENT = 5;
  private static final double PERCENT = 100;

  private static final List<Function<GpuResult, Optional<Finding>>> AT_THE_END =
      List.of(GpuFindings::coverage, GpuFindings::unused, GpuFindings::disagree);

  private static final List<Function<GpuResult, Optional<Finding>>> AT_ANY_TIME =
      List.of(GpuFindings::throttled, GpuFindings::shared, GpuFindings::split, GpuFindings::reset);

  public static Stream<Finding> of(LevelEvidence evidence, List<GpuResult> gpus) {
    return Stream.of(
            ofTheEvidence(evidence),
            windowShort(gpus).stream(),
            of(AT_THE_END, gpus),
            of(AT_ANY_TIME, gpus))
        .flatMap(findings -> findings);
  }

  /** Of a level that is under way, by the time of the answers that are in. */
  static Stream<Finding> soFar(LevelEvidence evidence) {
    Counts counts = evidence.tally().counts();
    GpuWindow window =
        new GpuWindow(
            evidence.tally().window(),
            counts.outputTokens(),
            counts.inputTokens() + counts.outputTokens());
    return Stream.concat(
        ofTheEvidence(evidence),
        of(AT_ANY_TIME, evidence.gpus().stream().map(gpu -> GpuResult.of(gpu, window)).toList()));
  }

  private static Stream<Finding> ofTheEvidence(LevelEvidence evidence) {
    return Stream.concat(
        assumed(evidence).stream(), evidence.gpus().stream().flatMap(gpu -> lost(gpu).stream()));
  }

  private static Stream<Finding> of(
      List<Function<GpuResult, Optional<Finding>>> rules, List<GpuResult> gpus) {
    return gpus.stream().flatMap(gpu -> rules.stream().flatMap(rule -> rule.apply(gpu).stream()));
  }

  private static Optional<Finding> assumed(LevelEvidence evidence) {
    List<String> agents =
        evidence.gpus().stream()
            .filter(GpuEvidence::assumed)
            .map(GpuEvidence::agent)
            .distinct()
            .toList();
    return Finding.when(
        !agents.isEmpty(),
        FindingCode.GPU_HOST_ASSUMED,
        INFO,
        "the GPUs of %s were sampled; that the target runs there is assumed",
        String.join(", ", agents));
  }

  private static Optional<Finding> lost(GpuEvidence gpu) {
    return gpu.loss()
        .map(GpuLoss::reason)
        .map(
            reason ->
                new Finding(
                    FindingCode.GPU_LOST,
                    WARNING,
                    "agent %s: %s; there is no energy for it, and no total"
                        .formatted(gpu.agent(), reason)));
  }

  /** Of the level, not of each GPU. */
  private static Optional<Finding> windowShort(List<GpuResult> gpus) {
    return Finding.when(
        gpus.stream().anyMatch(gpu -> missing(gpu, Energy.Reason.WINDOW_SHORT)),
        FindingCode.ENERGY_WINDOW_SHORT,
        INFO,
        "the window is shorter than 2 s: the energy counter is too coarse for it, no energy is"
            + " given");
  }

  private static boolean missing(GpuResult gpu, Energy.Reason reason) {
    return gpu.counter() instanceof Energy.Missing(Energy.Reason why, String _) && why == reason;
  }

  private static Optional<Finding> coverage(GpuResult gpu) {
    return Finding.when(
        gpu.coverage().share() < ENOUGH && gpu.coverage().expected() > 0,
        FindingCode.GPU_COVERAGE,
        WARNING,
        "%s: %d of %d samples are there (%.0f %%)",
        name(gpu),
        gpu.coverage().received(),
        gpu.coverage().expected(),
        gpu.coverage().share() * PERCENT);
  }

  private static Optional<Finding> throttled(GpuResult gpu) {
    List<ClockEvent> events =
        Arrays.stream(ClockEvent.values())
            .filter(event -> event != ClockEvent.GPU_IDLE)
            .filter(event -> gpu.clockEvents().containsKey(event.label()))
            .toList();
    return Finding.when(
        !events.isEmpty(),
        FindingCode.GPU_THROTTLED,
        events.stream().anyMatch(ClockEvent::fault) ? WARNING : INFO,
        "%s: its clocks were held back by %s; SM clock %s MHz",
        name(gpu),
        events.stream()
            .map(event -> "%s (%s of the samples)".formatted(event.label(), share(gpu, event)))
            .collect(Collectors.joining(", ")),
        gpu.of(GpuQuantity.SM_CLOCK).map(GpuFindings::range).orElse("unknown"));
  }

  private static String share(GpuResult gpu, ClockEvent event) {
    return String.format(
        Locale.ROOT, "%.0f %%", gpu.clockEvents().getOrDefault(event.label(), 0.0) * PERCENT);
  }

  private static String range(GpuSummary clock) {
    return String.format(Locale.ROOT, "%.0f to %.0f", clock.min(), clock.max());
  }

  private static Optional<Finding> shared(GpuResult gpu) {
    return Finding.when(
        !gpu.strangers().isEmpty(),
        FindingCode.GPU_SHARED,
        WARNING,
        "%s: processes compute on it that may not be the target's: %s",
        name(gpu),
        gpu.strangers().stream().map(GpuFindings::process).collect(Collectors.joining(", ")));
  }

  private static String process(GpuProcess process) {
    return "%d%s%s"
        .formatted(
            process.pid(),
            process.name().isEmpty() ? "" : " " + process.name(),
            process.memoryMb().map(" (%d MB)"::formatted).orElse(""));
  }

  private static Optional<Finding> split(GpuResult gpu) {
    return Finding.when(
        gpu.mig().orElse(false),
        FindingCode.GPU_SHARED,
        WARNING,
        "%s: it is split into instances (MIG), but power and energy are those of the whole board",
        name(gpu));
  }

  private static Optional<Finding> unused(GpuResult gpu) {
    return Finding.when(
        gpu.of(GpuQuantity.UTIL).map(util -> util.max() == 0).orElse(false),
        FindingCode.GPU_UNUSED,
        INFO,
        "%s: no kernel ran on it during the level",
        name(gpu));
  }

  private static Optional<Finding> reset(GpuResult gpu) {
    return Finding.when(
        missing(gpu, Energy.Reason.COUNTER_RESET),
        FindingCode.ENERGY_COUNTER_RESET,
        WARNING,
        "%s: its energy counter began anew; there is no energy for it, and no total",
        name(gpu));
  }

  /** What a counter's step explains is no disagreement. */
  private static Optional<Finding> disagree(GpuResult gpu) {
    double off = gpu.energy().energyAgreementPct().orElse(0.0);
    double joules = gpu.energy().energyJ().orElse(0.0);
    double step = gpu.energy().energyStepJ().orElse(0.0);
    return Finding.when(
        Math.abs(off) > MOST_OFF_PERCENT && Math.abs(off) / PERCENT * joules > step,
        FindingCode.ENERGY_DISAGREE,
        WARNING,
        "%s: sampled power (%s) gives %.1f J, its counter %.1f J: %.1f %% off",
        name(gpu),
        gpu.powerReading().label(),
        gpu.energy().integratedEnergyJ().orElse(0.0),
        joules,
        off);
  }

  private static String name(GpuResult gpu) {
    return "GPU %d of agent %s".formatted(gpu.index(), gpu.agent());
  }

  private GpuFindings() {}
}
