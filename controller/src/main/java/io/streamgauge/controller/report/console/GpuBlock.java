package io.streamgauge.controller.report.console;

import io.streamgauge.common.gpu.GpuQuantity;
import io.streamgauge.controller.gpu.GpuEnergy;
import io.streamgauge.controller.gpu.GpuResult;
import io.streamgauge.controller.gpu.GpuSummary;
import io.streamgauge.controller.gpu.GpuTotal;
import io.streamgauge.controller.result.LevelResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the console shows of a level's GPUs. */
final class GpuBlock {
  private static final double PERCENT = 100;

  /** A block of four fixed lines for each GPU, and a blank one after it. */
  static List<String> fixed(LevelResult level) {
    List<String> lines = new ArrayList<>();
    for (GpuResult gpu : level.gpu()) {
      lines.add("=== GPU METRICS (%s) ===".formatted(gpu.name()));
      lines.add("GPU Util:       " + spread(gpu, GpuQuantity.UTIL, "%.1f%%"));
      lines.add(
          "Memory:         "
              + spread(gpu, GpuQuantity.MEMORY, "%.0fMB")
              + gpu.memoryTotalMb().map(" / %dMB"::formatted).orElse(""));
      lines.add("Power:          " + spread(gpu, GpuQuantity.POWER, "%.1fW"));
      lines.add("Temperature:    " + spread(gpu, GpuQuantity.TEMPERATURE, "%.1fC"));
      lines.add("");
    }
    return lines;
  }

  private static String spread(GpuResult gpu, GpuQuantity quantity, String format) {
    return gpu.of(quantity)
        .map(
            summary -> text("Mean: " + format + " | Max: " + format, summary.mean(), summary.max()))
        .orElse("n/a");
  }

  /** What is shown further down: where the numbers are from, energy and clocks. */
  static List<String> more(LevelResult level) {
    List<String> lines = new ArrayList<>();
    for (GpuResult gpu : level.gpu()) {
      lines.add(
          text(
              "GPU %-11s %s by %s: %d of %d samples (%.0f%%), every %.0f ms; util is the time in"
                  + " which any kernel ran",
              gpu.index() + ":",
              gpu.uuid(),
              gpu.agent(),
              gpu.coverage().received(),
              gpu.coverage().expected(),
              gpu.coverage().share() * PERCENT,
              gpu.coverage().intervalMs()));
      lines.add("  Energy:       " + energy(gpu.energy(), gpu.idlePowerW()));
      lines.add("  Power:        " + power(gpu));
      lines.add("  Clocks:       " + clocks(gpu));
      if (!gpu.unavailable().isEmpty()) {
        lines.add("  Not told:     " + String.join(", ", gpu.unavailable()));
      }
    }
    level.gpuTotal().filter(total -> total.gpus() > 1).ifPresent(total -> lines.add(total(total)));
    return lines;
  }

  private static String total(GpuTotal total) {
    return text("%-15s %s", total.gpus() + " GPUs:", energy(total.energy(), total.idlePowerW()));
  }

  private static String energy(GpuEnergy energy, Optional<Double> idle) {
    return energy
        .energyJ()
        .map(
            joules ->
                text(
                    "%.1f J +/- %.1f%s%s | mean %.1f W%s",
                    joules,
                    energy.energyStepJ().orElse(0.0),
                    energy
                        .energyPerOutputTokenJ()
                        .map(each -> text(" | %.4f J/output token", each))
                        .orElse(""),
                    energy
                        .energyPerTotalTokenJ()
                        .map(each -> text(" | %.4f J/token in and out", each))
                        .orElse(""),
                    energy.meanPowerW().orElse(0.0),
                    idle.map(watts -> text(", idle %.1f W", watts)).orElse("")))
        .orElseGet(() -> "n/a (%s)".formatted(energy.energyMissing().orElse("unknown")));
  }

  private static String power(GpuResult gpu) {
    return "%s reading%s%s%s"
        .formatted(
            gpu.powerReading().label(),
            gpu.powerLimitW().map(limit -> text(" | limit %.0f W", limit)).orElse(""),
            gpu.energy()
                .integratedEnergyJ()
                .map(joules -> text(" | integrated %.1f J", joules))
                .orElse(""),
            gpu.energy()
                .energyAgreementPct()
                .map(off -> text(", %+.1f%% off the counter", off))
                .orElse(""));
  }

  private static String clocks(GpuResult gpu) {
    String held =
        gpu.clockEvents().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(event -> text("%s %.0f%%", event.getKey(), event.getValue() * PERCENT))
            .collect(Collectors.joining(", "));
    return "SM %s | memory %s%s"
        .formatted(
            gpu.of(GpuQuantity.SM_CLOCK).map(GpuBlock::range).orElse("n/a"),
            gpu.of(GpuQuantity.MEMORY_CLOCK).map(GpuBlock::range).orElse("n/a"),
            held.isEmpty() ? "" : " | held back by " + held);
  }

  private static String range(GpuSummary clock) {
    return text("%.0f MHz (%.0f to %.0f)", clock.mean(), clock.min(), clock.max());
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private GpuBlock() {}
}
