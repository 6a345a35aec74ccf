package io.streamgauge.common.dataset.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Json;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LengthsTest {
  private static IntStream drawn(String text) {
    SplittableRandom random = new SplittableRandom(7);
    Lengths lengths = Lengths.parse(text);
    return IntStream.range(0, 10_000).map(_ -> lengths.draw(random).tokens());
  }

  @Test
  void eachLawDrawsWhatItsNameSays() {
    assertThat(drawn("512").distinct()).containsExactly(512);
    assertThat(drawn("uniform:3:6").boxed().collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(3, 4, 5, 6);
    assertThat(drawn("normal:512:64").average().orElseThrow()).isCloseTo(512, within(3.0));
    assertThat(drawn("lognormal:512:0.5").sorted().skip(5_000).findFirst().orElseThrow())
        .isCloseTo(512, within(15));
    assertThat(drawn("normal:2:50")).allMatch(tokens -> tokens >= 1);
  }

  @Test
  void pairsComeByTheirSharesAndBringTheLengthOfTheAnswer() {
    SplittableRandom random = new SplittableRandom(7);
    Lengths lengths = Lengths.parse("1024/128@0.7,8192/1024@0.3");
    Map<Integer, Long> outputs =
        IntStream.range(0, 10_000)
            .mapToObj(_ -> lengths.draw(random).output().orElseThrow())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(outputs).containsOnlyKeys(128, 1024);
    assertThat(outputs.get(128)).isCloseTo(7_000L, within(200L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "512",
        "uniform:256:1024",
        "normal:512:64",
        "lognormal:512:0.5",
        "8/2@0.7,9/1@0.3"
      })
  void whatIsWrittenIsReadBack(String text) throws JsonProcessingException {
    String json = Json.MAPPER.writeValueAsString(Lengths.parse(text));
    assertThat(json).contains(text);
    assertThat(Json.MAPPER.readValue(json, Lengths.class)).isEqualTo(Lengths.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "-5",
        "uniform:9:3",
        "uniform:1",
        "normal:5",
        "gamma:1:2",
        "8/2@0",
        "8/2;9/1",
        "12345678901",
        "uniform:1:2.5",
        "lognormal:9:77"
      })
  void whatIsNoLengthIsRefusedWithItsText(String text) {
    assertThatThrownBy(() -> Lengths.parse(text))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining(text)
        .hasMessageContaining("expected");
  }
}
