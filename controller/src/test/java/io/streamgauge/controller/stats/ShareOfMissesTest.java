package io.streamgauge.controller.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The two ratios against those by SciPy 1.17.1's {@code beta}: {@code cdf}, {@code sf}, {@code
 * pdf}.
 */
class ShareOfMissesTest {
  @ParameterizedTest(name = "{1} misses of {0} at {2}")
  @CsvSource({
    "50, 0, 0.1, 3.7869121911e+01, 1.9607843137e-02",
    "29, 0, 0.1, 6.7769474628e+00, 3.3333333333e-02",
    "450, 0, 0.01, 2.0197203876e+01, 2.2172949002e-03",
    "450, 1, 0.01, 4.2233848527e+00, 2.7100271003e-03",
    "1000, 3, 0.01, 1.3377282071e+01, 1.3647133888e-03",
    "1000, 20, 0.01, 8.4430259204e-02, 5.6229476230e-01",
    "100, 5, 0.1, 2.7651646669e+00, 1.7603390888e-02",
    "100, 20, 0.1, 7.8183396249e-02, 9.3860373985e+00",
    "60, 12, 0.1, 1.2099202290e-01, 2.0323325638e+00",
    "200, 100, 0.5, 8.8292079318e-02, 8.8292079318e-02",
    "200, 80, 0.5, 9.6839581193e+00, 2.2616571277e-02",
    "200, 125, 0.5, 1.8671741498e-02, 9.4677410743e+01",
    "6636, 2, 0.001, 5.0195803877e+00, 2.0292452864e-04",
    "6636, 20, 0.001, 6.7621807803e-02, 1.0318904699e+01",
    "62.5, 3.75, 0.1, 1.1588270468e+00, 3.0792587087e-02",
    "133.4, 0.5, 0.05, 4.6432900299e+01, 7.9632520641e-03",
    "12.2, 6.1, 0.1, 1.5339849802e-01, 1.9135026434e+02",
    "3000, 330, 0.1, 2.4258905061e-02, 7.7666097650e-02",
    "3000, 270, 0.1, 7.0535339764e-01, 2.7883383199e-03",
    "51.7, 0, 0.05, 5.0210386083e+00, 1.8975332068e-02",
  })
  void theRatiosAreThoseOfAnIndependentImplementation(
      double trials, double misses, double limit, double below, double above) {
    ShareTest test = new ShareTest(trials, misses, limit);

    assertThat(test.below()).isCloseTo(below, within(1e-8 * below));
    assertThat(test.above()).isCloseTo(above, within(1e-8 * above));
  }
}
