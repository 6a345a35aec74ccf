package io.streamgauge.common.plan.load;

import java.util.SplittableRandom;

/**
 * Draws from a gamma distribution with mean 1 and coefficient of variation c, that is shape k = 1 /
 * c^2 and scale c^2, by Marsaglia and Tsang's method (2000); a shape below 1 is drawn as gamma(k +
 * 1) times u^(1/k).
 */
final class GammaDraw {
  static double unitMean(double cv, SplittableRandom random) {
    double shape = 1 / (cv * cv);
    return draw(shape, random) / shape;
  }

  private static double draw(double shape, SplittableRandom random) {
    if (shape < 1) {
      return draw(shape + 1, random) * Math.pow(1 - random.nextDouble(), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double v = Math.pow(1 + c * x, 3);
      if (v > 0 && Math.log(1 - random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }

  private GammaDraw() {}
}
