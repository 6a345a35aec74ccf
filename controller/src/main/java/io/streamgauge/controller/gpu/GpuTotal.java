package io.streamgauge.controller.gpu;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * All sampled GPUs of a level together; a number is there only if every GPU has it.
 *
 * @param gpus how many there are
 * @param idlePowerW before the first load
 * @param aboveIdleJ the energy less what the GPUs would have used idle in the same time
 */
public record GpuTotal(
    int gpus,
    @JsonUnwrapped GpuEnergy energy,
    Optional<Double> idlePowerW,
    Optional<Double> aboveIdleJ) {

  /** Empty without a GPU. */
  public static Optional<GpuTotal> of(List<GpuResult> gpus, GpuWindow window) {
    if (gpus.isEmpty()) {
      return Optional.empty();
    }
    Optional<Double> joules = sum(gpus, gpu -> gpu.energy().energyJ());
    Optional<Double> steps = sum(gpus, gpu -> gpu.energy().energyStepJ());
    Optional<Double> idle = sum(gpus, GpuResult::idlePowerW);
    Energy counter =
        joules.isPresent()
            ? new Energy.Whole(joules.get(), steps.orElse(0.0))
            : new Energy.Missing(Energy.Reason.NO_READING, missing(gpus));
    return Optional.of(
        new GpuTotal(
            gpus.size(),
            GpuEnergy.of(counter, sum(gpus, gpu -> gpu.energy().integratedEnergyJ()), window),
            idle,
            joules.flatMap(all -> idle.map(watts -> Rounded.of(all - watts * window.seconds())))));
  }

  private static Optional<Double> sum(
      List<GpuResult> gpus, Function<GpuResult, Optional<Double>> number) {
    return gpus.stream().allMatch(gpu -> number.apply(gpu).isPresent())
        ? Optional.of(
            Rounded.of(gpus.stream().mapToDouble(gpu -> number.apply(gpu).orElseThrow()).sum()))
        : Optional.empty();
  }

  private static String missing(List<GpuResult> gpus) {
    return String.join(
        "; ",
        gpus.stream()
            .filter(gpu -> gpu.energy().energyMissing().isPresent())
            .map(gpu -> "GPU %d: %s".formatted(gpu.index(), gpu.energy().energyMissing().get()))
            .toList());
  }
}
