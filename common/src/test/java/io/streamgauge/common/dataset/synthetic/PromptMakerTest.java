package io.streamgauge.common.dataset.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamgauge.common.dataset.Prompt;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PromptMakerTest {
  private static final int TEMPLATE = 11;
  private static final TokenCosts COSTS = CostSearch.find(PromptMakerTest::counted, 250);

  /** Latin words by their letters, others by their bytes, and Japanese ones that melt together. */
  private static List<Integer> counted(List<String> texts) {
    return texts.stream().map(PromptMakerTest::tokens).toList();
  }

  private static int tokens(String text) {
    int tokens = TEMPLATE;
    boolean kana = false;
    for (String word : text.split(" ", -1)) {
      boolean japanese = word.codePoints().anyMatch(c -> c >= 0x3040 && c < 0x3100);
      int latin = 1 + (word.length() - 1) / 7;
      tokens += word.codePointAt(0) < 0x250 ? latin : japanese && kana ? 0 : word.length() + 1;
      kana = japanese;
    }
    return tokens;
  }

  private static Synthetic lengths(String input) {
    return new Synthetic(
        Lengths.parse(input), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static List<String> texts(PromptMaker maker, int count) {
    return IntStream.range(0, count).mapToObj(i -> maker.prompt(i).text()).toList();
  }

  private static String beginning(String text, int words) {
    return String.join(" ", List.of(text.split(" ", -1)).subList(0, words));
  }

  @Test
  void everyPromptHasTheLengthThatWasDrawnByTheCountOfTheServer() {
    for (String law : List.of("64", "512", "2000", "lognormal:300:0.8", "uniform:20:40")) {
      PromptMaker maker = new PromptMaker(COSTS, lengths(law), 42, 0);
      for (int i = 0; i < 300; i++) {
        Prompt prompt = maker.prompt(i);
        assertThat(tokens(prompt.text())).isEqualTo(prompt.inputTokens().orElseThrow());
      }
    }
  }

  @Test
  void costsAreFoundWithFewCountsAndWithoutWordsThatDoNotAddUp() {
    assertThat(COSTS.head()).isEqualTo(TEMPLATE + 1);
    assertThat(COSTS.asked()).isLessThan(300);
    assertThat(COSTS.pieces()).hasSizeGreaterThan(5);
    assertThat(COSTS.pieces().stream().flatMap(List::stream).map(TokenCosts.Piece::text))
        .noneMatch(text -> text.contains("これ"));
  }

  @Test
  void countsThatDoNotAddUpAreNoCosts() {
    assertThatThrownBy(
            () -> CostSearch.find(texts -> texts.stream().map(String::hashCode).toList(), 250))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noTwoPromptsOfTheLevelsOfARunBeginAlike() {
    Set<String> beginnings = new HashSet<>();
    for (int level = 0; level < 4; level++) {
      PromptMaker maker = new PromptMaker(COSTS, lengths("32"), 42, level);
      texts(maker, 5_000).forEach(text -> beginnings.add(beginning(text, 5)));
    }
    assertThat(beginnings).hasSize(20_000);
  }

  @Test
  void levelsSendTheSameLengthsInTheSameOrder() {
    PromptMaker first = new PromptMaker(COSTS, lengths("uniform:20:200"), 42, 0);
    PromptMaker second = new PromptMaker(COSTS, lengths("uniform:20:200"), 42, 1);
    for (int i = 0; i < 100; i++) {
      assertThat(second.prompt(i).inputTokens()).isEqualTo(first.prompt(i).inputTokens());
      assertThat(second.prompt(i).text()).isNotEqualTo(first.prompt(i).text());
    }
  }

  @Test
  void aPromptIsAFunctionOfSeedLevelAndIndexAlone() {
    PromptMaker once = new PromptMaker(COSTS, lengths("100"), 42, 3);
    PromptMaker again = new PromptMaker(COSTS, lengths("100"), 42, 3);
    PromptMaker other = new PromptMaker(COSTS, lengths("100"), 43, 3);
    texts(once, 50);
    assertThat(again.prompt(77)).isEqualTo(once.prompt(77));
    assertThat(other.prompt(77).text()).isNotEqualTo(once.prompt(77).text());
  }

  @Test
  void prefixesAreSharedToTheTokenAndWhatFollowsIsNot() {
    Synthetic shared =
        new Synthetic(Lengths.parse("80"), Optional.empty(), Optional.of(30), Optional.of(3));
    PromptMaker maker = new PromptMaker(COSTS, shared, 42, 0);
    List<String> texts = texts(maker, 200);
    assertThat(texts).allMatch(text -> tokens(text) == 80);
    Set<String> prefixes = new HashSet<>();
    for (String text : texts) {
      int words = 0;
      while (tokens(beginning(text, ++words)) < TEMPLATE + 30) {}
      assertThat(tokens(beginning(text, words))).isEqualTo(TEMPLATE + 30);
      prefixes.add(beginning(text, words));
    }
    assertThat(prefixes).hasSize(3);
    assertThat(new HashSet<>(texts)).hasSize(200);
  }

  @Test
  void aTextIsOfManyWordsInSeveralScripts() {
    String text = new PromptMaker(COSTS, lengths("2000"), 42, 0).prompt(0).text();
    assertThat(new HashSet<>(List.of(text.split(" ", -1)))).hasSizeGreaterThan(200);
    assertThat(text.codePoints().mapToObj(Character.UnicodeScript::of).distinct().toList())
        .contains(Character.UnicodeScript.LATIN, Character.UnicodeScript.CYRILLIC);
  }

  @Test
  void theShortestPromptStillHasABeginningOfItsOwn() {
    PromptMaker maker = new PromptMaker(COSTS, lengths("1"), 42, 0);
    assertThat(maker.shortest()).isEqualTo(TEMPLATE + 2);
    assertThat(texts(maker, 100)).doesNotHaveDuplicates().allMatch(text -> tokens(text) == 13);
  }
}
