package io.streamgauge.common.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.streamgauge.common.PlanException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Small texts that would be much work, each of which is refused before the work. */
@Timeout(60)
class PlanTextLimitsTest {
  private static final String YAML = "backends: [{engine: sim}]\nlevels: [{rate: 1}]\n";
  private static final String JSON = "{\"backends\": [{\"engine\": \"sim\"}], \"levels\": ";
  private static final int MANY = 200_000;

  private static String list(int count, String of) {
    return IntStream.range(0, count)
        .mapToObj(i -> of.replace("#", Integer.toString(i)))
        .collect(Collectors.joining(","));
  }

  static Stream<Arguments> bombs() {
    String number = "a number of ";
    String deep = "a list or mapping in 24 others";
    return Stream.of(
        argumentSet("hexadecimal", YAML + "seed: 0x" + "f".repeat(MANY), number),
        argumentSet("a fraction", YAML + "seed: 1." + "1".repeat(MANY), number),
        argumentSet("base sixty", YAML + "seed: 1" + ":10".repeat(MANY / 3), number),
        argumentSet("octal", YAML + "seed: 0o" + "7".repeat(MANY), number),
        argumentSet(
            "a tagged text", YAML + "seed: !!int \"0x" + "f".repeat(MANY) + "\"", "is a tag"),
        argumentSet("in JSON", JSON + "[{\"rate\": " + "9".repeat(900) + "}]}", number),
        argumentSet("much in JSON", JSON + "[{\"rate\": " + "9".repeat(MANY) + "}]}", "Number"),
        argumentSet("brackets", YAML + "x: " + "[".repeat(MANY), deep),
        argumentSet("braces", YAML + "x: " + "{a: ".repeat(MANY / 4), deep),
        argumentSet(
            "dashes",
            YAML
                + "x:\n"
                + IntStream.range(1, 500)
                    .mapToObj(i -> " ".repeat(i) + "-\n")
                    .collect(Collectors.joining()),
            deep),
        argumentSet("in JSON, deep", JSON + "[".repeat(MANY), deep),
        argumentSet("names", YAML + "x: {" + list(20_000, "n#: 1") + "}", "more than 500 names"),
        argumentSet("names in JSON", JSON + "[{" + list(MANY, "\"n#\":1") + "}]}", "more than 500"),
        argumentSet("levels", JSON + "[" + list(MANY, "{}") + "]}", "more than 1000 values"),
        argumentSet("a name", JSON + "[{\"" + "n".repeat(9_000) + "\": 1}]}", "a name of"),
        argumentSet("a list as a name", YAML + "[[1, 2]]: 1", "as a name"),
        argumentSet("aliases", "a: &a [x]\nb: [*a, *a]\n", "*a is an alias"),
        argumentSet("documents", ("---\n" + YAML).repeat(20_000), "expected the plan's end"),
        argumentSet(
            "values", YAML + "x:\n" + "- 1\n".repeat(MANY), "more than 200000 names and values"),
        argumentSet("a line", YAML + "x: \"" + "x".repeat(3_000_000) + "\"", "a line of"),
        argumentSet("a comment", YAML + "#" + "x ".repeat(1_500_000), "a line of"),
        argumentSet("all of it", YAML + "# x\n".repeat(1_000_000), "expected at most 3145728"));
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void whatWouldBeMuchWorkIsRefused(String text, String message) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> PlanFile.parse("plan", text))
        .withMessageContaining(message);
  }

  @Test
  void aLargePlanIsNoneOfThem() {
    String prompts = list(50_000, "{\"id\": \"p#\", \"prompt\": \"" + "word ".repeat(20) + "\"}");
    String levels = list(1_000, "{\"name\": \"l#\", \"concurrency\": 1}");

    Plan plan =
        PlanFile.parse(
            "plan", JSON + "[" + levels + "], \"dataset\": {\"prompts\": [" + prompts + "]}}");

    assertThat(plan.levels()).hasSize(1_000);
    assertThat(plan.workload().dataset().prompts().orElseThrow()).hasSize(50_000);
  }

  @Test
  void aLongTextInTheWrongPlaceIsShownInShort() {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(
            () -> PlanFile.parse("plan", JSON + "[{\"rate\": \"" + "x".repeat(4_000_000) + "\"}]}"))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500));
  }
}
