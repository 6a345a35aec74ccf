package io.streamgauge.common.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamgauge.common.json.Json;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSeriesTest {
  private static final long MILLI = 1_000_000;

  private final SplittableRandom random = new SplittableRandom(3);

  private TokenSeries some() {
    return TokenSeries.of(random.ints(random.nextInt(40), 0, 300).toArray());
  }

  @Test
  void plusIsAMonoidAndCommutes() {
    for (int round = 0; round < 100; round++) {
      TokenSeries a = some();
      TokenSeries b = some();
      TokenSeries c = some();

      assertThat(a.plus(TokenSeries.ZERO)).isEqualTo(a);
      assertThat(TokenSeries.ZERO.plus(a)).isEqualTo(a);
      assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
      assertThat(a.plus(b)).isEqualTo(b.plus(a)).hasSameHashCodeAs(b.plus(a));
      assertThat(a.plus(b).total()).isEqualTo(a.total() + b.total());
    }
  }

  @Test
  void itTravelsAsItIsAndSilenceTakesLittleRoom() throws JsonProcessingException {
    TokenSeriesRecorder hourApart = new TokenSeriesRecorder();
    hourApart.add(0, 1);
    hourApart.add(3_600_000 * MILLI, Integer.MAX_VALUE);
    for (TokenSeries series :
        new TokenSeries[] {TokenSeries.ZERO, some(), some(), hourApart.snapshot()}) {
      String json = Json.MAPPER.writeValueAsString(series);

      assertThat(Json.MAPPER.readValue(json, TokenSeries.class)).isEqualTo(series);
    }
    assertThat(Json.MAPPER.writeValueAsString(hourApart.snapshot())).hasSizeLessThan(2_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "!?", "AAAA", "eJwLAAAAAAE", "eJxrAAAAhgCB"})
  void whatIsNoSeriesIsRefused(String bins) {
    assertThatExceptionOfType(JsonProcessingException.class)
        .isThrownBy(() -> Json.MAPPER.readValue("{\"bins\": \"" + bins + "\"}", TokenSeries.class));
  }

  @Test
  void tokensCountInTheBinInWhichTheyArrived() {
    TokenSeriesRecorder recorder = new TokenSeriesRecorder();
    recorder.add(-5, 1);
    recorder.add(10 * MILLI - 1, 2);
    recorder.add(10 * MILLI, 4);
    recorder.add(60_000 * MILLI, 8);
    TokenSeries series = recorder.snapshot();

    assertThat(series.total()).isEqualTo(15);
    assertThat(series.within(0, 10 * MILLI)).isEqualTo(3);
    assertThat(series.within(10 * MILLI, 20 * MILLI)).isEqualTo(4);
    assertThat(series.within(0, 60_000 * MILLI)).isEqualTo(7);
    assertThat(series.within(0, 60_000 * MILLI + 1)).isEqualTo(15);
    assertThat(series.within(60_010 * MILLI, 90_000 * MILLI)).isZero();
  }

  @Test
  void neighbouringWindowsOnWholeBinsShareNothingAndLoseNothing() {
    for (int round = 0; round < 50; round++) {
      TokenSeries series = some();
      long cut = random.nextInt(40) * TokenSeries.BIN_NANOS;

      assertThat(series.within(0, cut) + series.within(cut, 1_000 * MILLI))
          .isEqualTo(series.total());
    }
  }

  /** A second bucket by bucket would see 10 in each of two seconds. */
  @Test
  void thePeakIsFoundWhereverItsSecondBegins() {
    TokenSeriesRecorder recorder = new TokenSeriesRecorder();
    recorder.add(995 * MILLI, 10);
    recorder.add(1_005 * MILLI, 10);
    recorder.add(5_000 * MILLI, 12);

    assertThat(recorder.snapshot().most(1_000 * MILLI)).isEqualTo(20);
    assertThat(TokenSeries.ZERO.most(1_000 * MILLI)).isZero();
  }

  @Test
  void thePeakIsThatOfASearchThroughEverySpan() {
    for (int round = 0; round < 50; round++) {
      TokenSeries series = some();
      long most = 0;
      for (int i = 0; i < 40; i++) {
        most = Math.max(most, series.within(i * 10 * MILLI, (i + 7) * 10 * MILLI));
      }
      assertThat(series.most(70 * MILLI)).isEqualTo(most);
    }
  }
}
