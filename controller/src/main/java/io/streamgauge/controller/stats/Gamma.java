package io.streamgauge.controller.stats;

/**
 * The gamma distribution of scale 1. The cdf is the regularised incomplete gamma function P(a, x):
 * by its power series below a + 1, by Legendre's continued fraction (evaluated as Lentz does)
 * above.
 */
public final class Gamma {
  private static final double PRECISION = 1e-14;
  private static final double TINY = 1e-300;
  private static final int MOST_TERMS = 1_000_000;

  /** Lanczos' coefficients for g = 7, n = 9: relative error below 1e-13. */
  private static final double[] LANCZOS = {
    0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531,
    -176.6150291621406, 12.507343278686905, -0.13857109526572012, 9.984369578019572e-06,
    1.5056327351493116e-07
  };

  /** The probability of a value up to {@code x}, for a shape above 0. */
  public static double cdf(double shape, double x) {
    if (x <= 0) {
      return 0;
    }
    double factor = Math.exp(shape * Math.log(x) - x - logGamma(shape));
    return x < shape + 1
        ? Math.min(1, factor * series(shape, x))
        : Math.max(0, 1 - factor * fraction(shape, x));
  }

  /** The sum over n of x^n / (a (a + 1) ... (a + n)). */
  private static double series(double a, double x) {
    double term = 1 / a;
    double sum = term;
    for (int n = 1; n < MOST_TERMS && term > sum * PRECISION; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return sum;
  }

  /** 1 / (x + 1 - a - 1 (1 - a) / (x + 3 - a - 2 (2 - a) / (x + 5 - a - ...))). */
  private static double fraction(double a, double x) {
    double b = x + 1 - a;
    double c = 1 / TINY;
    double d = 1 / b;
    double value = d;
    double change = 0;
    for (int n = 1; n < MOST_TERMS && Math.abs(change - 1) > PRECISION; n++) {
      double numerator = -n * (n - a);
      b += 2;
      d = 1 / away(numerator * d + b);
      c = away(b + numerator / c);
      change = d * c;
      value *= change;
    }
    return value;
  }

  private static double away(double value) {
    return Math.abs(value) < TINY ? TINY : value;
  }

  /** The logarithm of the gamma function of a number above 0. */
  static double logGamma(double x) {
    if (x < 0.5) {
      return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
    }
    double sum = LANCZOS[0];
    for (int i = 1; i < LANCZOS.length; i++) {
      sum += LANCZOS[i] / (x - 1 + i);
    }
    double t = x - 1 + LANCZOS.length - 1.5;
    return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
  }

  private Gamma() {}
}
