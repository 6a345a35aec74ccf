package io.streamgauge.common.plan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamgauge.common.PlanException;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTimesTest {
  private static List<Long> times(Arrival.Trace trace, long... stamps) {
    return trace.over(LongStream.of(stamps).boxed().toList()).times();
  }

  @Property(tries = 200)
  void atSpeedOneTheTimesAreTheFilesToTheNanosecond(
      @ForAll @Size(min = 1, max = 50) List<@LongRange(min = 0) Long> stamps) {
    List<Long> sorted = stamps.stream().sorted().toList();

    assertThat(Arrival.Trace.AS_IT_WAS.over(sorted).times()).isEqualTo(sorted);
  }

  @Property(tries = 200)
  void spreadTimesKeepTheirOrderAndStayBeforeTheNextStamp(
      @ForAll @Size(min = 2, max = 50) List<@LongRange(min = 0, max = 20) Long> seconds) {
    List<Long> stamps = seconds.stream().sorted().map(s -> s * 1_000_000_000).toList();

    List<Long> times = new Arrival.Trace(1, true).over(stamps).times();

    assertThat(times).isSorted();
    for (int i = 0; i < times.size(); i++) {
      long stamp = stamps.get(i);
      assertThat(times.get(i)).isGreaterThanOrEqualTo(stamp);
      long next = stamps.stream().filter(other -> other > stamp).findFirst().orElse(Long.MAX_VALUE);
      assertThat(times.get(i)).isLessThan(next);
    }
  }

  @Test
  void aSpeedOfTenIsATenthOfTheTime() {
    assertThat(times(new Arrival.Trace(10, false), 0, 15, 1_000_000_000))
        .containsExactly(0L, 2L, 100_000_000L);
    assertThat(times(new Arrival.Trace(0.5, false), 0, 15)).containsExactly(0L, 30L);
  }

  @Test
  void requestsOfOneStampAreSpreadOverTheTimeToTheNext() {
    assertThat(times(new Arrival.Trace(1, true), 0, 0, 0, 3_000, 4_000, 4_000))
        .containsExactly(0L, 1_000L, 2_000L, 3_000L, 4_000L, 4_500L);
    assertThat(times(new Arrival.Trace(2, true), 0, 0, 3_000)).containsExactly(0L, 750L, 1_500L);
  }

  @Test
  void requestsOfOneStampThatIsTheOnlyOneStayTogether() {
    assertThat(times(new Arrival.Trace(1, true), 7, 7)).containsExactly(7L, 7L);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, 2e6})
  void aSpeedIsANumberAboveZero(double speed) {
    assertThatThrownBy(() -> new Arrival.Trace(speed, false))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("speed: ");
  }
}
