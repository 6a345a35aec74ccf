package io.streamgauge.common.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.row.FileRow;
import io.streamgauge.common.dataset.summary.Lengths;
import io.streamgauge.common.dataset.summary.RowSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatasetTest {
  @Test
  void theBuiltInPromptsAreTwoForEachOfNineCategories() {
    Dataset builtIn = Dataset.builtIn();

    assertThat(builtIn.name()).isEqualTo("built-in");
    assertThat(builtIn.prompts()).extracting(Prompt::id).doesNotHaveDuplicates().hasSize(18);
    assertThat(builtIn.prompts()).extracting(Prompt::text).doesNotHaveDuplicates();
    assertThat(summary(builtIn).categories())
        .containsExactly(
            entry("coding", 2L),
            entry("reasoning", 2L),
            entry("creative writing", 2L),
            entry("summarization", 2L),
            entry("question answering", 2L),
            entry("extraction", 2L),
            entry("translation", 2L),
            entry("math", 2L),
            entry("roleplay", 2L));
  }

  @Test
  void theBuiltInPromptsAreOfManyLengthsAndAllLimitTheirOutput() {
    Dataset builtIn = Dataset.builtIn();

    assertThat(builtIn.prompts())
        .allSatisfy(prompt -> assertThat(prompt.maxTokens().orElseThrow()).isBetween(32, 512));
    assertThat(builtIn.prompts()).extracting(prompt -> words(prompt.text())).anyMatch(n -> n < 30);
    assertThat(builtIn.prompts()).extracting(prompt -> words(prompt.text())).anyMatch(n -> n > 250);
  }

  @Test
  void aSummaryCountsCharactersNotUtf16Units() {
    Dataset dataset =
        new Dataset(
            "small",
            List.of(
                prompt("1", "math", "🎈", Optional.of(10)),
                prompt("2", "coding", "abcd", Optional.empty()),
                prompt("3", "math", "abc", Optional.of(21)),
                prompt("4", "math", "abcdefghi", Optional.empty())));

    RowSummary summary = summary(dataset);

    assertThat(summary.count()).isEqualTo(4);
    assertThat(summary.categories()).containsExactly(entry("math", 3L), entry("coding", 1L));
    assertSpread(summary.characters(), 1, 3.5, 9);
    assertSpread(summary.maxTokens(), 10, 15.5, 21);
    assertThat(summary.maxTokens().count()).isEqualTo(2);
  }

  @Test
  void aSummaryOfPromptsWithoutLimitsHasNone() {
    RowSummary summary =
        summary(new Dataset("one", List.of(prompt("1", "math", "abc", Optional.empty()))));

    assertSpread(summary.characters(), 3, 3, 3);
    assertThat(summary.maxTokens().isEmpty()).isTrue();
    assertThat(summary.prompts()).isEqualTo(1);
  }

  @Test
  void aDatasetIsNeverEmpty() {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> new Dataset("none", List.of()))
        .withMessage("dataset none: no prompt, expected one or more");
  }

  @Test
  void aDatasetNamesBothRowsOfADoubleId() {
    Prompt prompt = prompt("x", "math", "abc", Optional.empty());
    Prompt other = prompt("y", "math", "abc", Optional.empty());

    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> new Dataset("twice", List.of(other, prompt, prompt)))
        .withMessage(
            "dataset twice row 3, id: \"x\" is not valid, expected an id of its own, row 2 has it");
  }

  @Test
  void aDatasetKeepsItsPromptsWhenTheListChanges() {
    List<Prompt> prompts = new ArrayList<>(List.of(prompt("x", "math", "abc", Optional.empty())));
    Dataset dataset = new Dataset("fixed", prompts);

    prompts.clear();

    assertThat(dataset.prompts()).hasSize(1);
  }

  private static RowSummary summary(Dataset dataset) {
    RowSummary summary = new RowSummary(0);
    dataset.prompts().forEach(prompt -> summary.add(new FileRow.Sent(prompt)));
    return summary;
  }

  private static void assertSpread(Lengths lengths, int min, double median, int max) {
    assertThat(lengths.min()).isEqualTo(min);
    assertThat(lengths.median()).isEqualTo(median);
    assertThat(lengths.max()).isEqualTo(max);
  }

  private static Prompt prompt(String id, String category, String text, Optional<Integer> tokens) {
    return new Prompt(id, category, text, tokens);
  }

  private static int words(String text) {
    return text.split("\\s+").length;
  }
}
