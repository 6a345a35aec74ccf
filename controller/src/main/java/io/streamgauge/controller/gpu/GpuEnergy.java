package io.streamgauge.controller.gpu;

import java.util.Optional;

/**
 * The energy of one GPU, or of all of them, in a level's window.
 *
 * @param energyJ by the energy counter
 * @param energyStepJ how far off it may be: the step in which the counter was seen to move
 * @param energyMissing why there is none
 * @param meanPowerW energy over time
 * @param energyPerOutputTokenJ over the output tokens that arrived in the window
 * @param energyPerTotalTokenJ over the input and output tokens of the window
 * @param integratedEnergyJ sampled power, integrated: the counter's witness
 * @param energyAgreementPct by how much the integral is off the counter, in % of the counter
 */
public record GpuEnergy(
    Optional<Double> energyJ,
    Optional<Double> energyStepJ,
    Optional<String> energyMissing,
    Optional<Double> meanPowerW,
    Optional<Double> energyPerOutputTokenJ,
    Optional<Double> energyPerTotalTokenJ,
    Optional<Double> integratedEnergyJ,
    Optional<Double> energyAgreementPct) {
  private static final double PERCENT = 100;

  static GpuEnergy of(Energy counter, Optional<Double> integral, GpuWindow window) {
    return switch (counter) {
      case Energy.Missing missing -> without(missing.text(), integral);
      case Energy.Whole whole -> of(whole, integral, window);
    };
  }

  static GpuEnergy without(String why, Optional<Double> integral) {
    return new GpuEnergy(
        Optional.empty(),
        Optional.empty(),
        Optional.of(why),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        integral.map(Rounded::of),
        Optional.empty());
  }

  private static GpuEnergy of(Energy.Whole whole, Optional<Double> integral, GpuWindow window) {
    double joules = whole.joules();
    return new GpuEnergy(
        Optional.of(Rounded.of(joules)),
        Optional.of(Rounded.of(whole.step())),
        Optional.empty(),
        Rounded.ratio(joules, window.seconds()),
        Rounded.ratio(joules, window.outputTokens()),
        Rounded.ratio(joules, window.totalTokens()),
        integral.map(Rounded::of),
        integral.flatMap(sum -> Rounded.ratio((sum - joules) * PERCENT, joules)));
  }
}
