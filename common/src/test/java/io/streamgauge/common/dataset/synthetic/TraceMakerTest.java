package io.streamgauge.common.dataset.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.dataset.row.Blocks;
import io.streamgauge.common.dataset.synthetic.TokenCosts.Piece;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TraceMakerTest {
  private static final int HEAD = 9;

  /** Words of one token and of two, so that blocks have gaps to fill. */
  private static final TokenCosts COSTS =
      new TokenCosts(
          HEAD,
          List.of("The", "In"),
          List.of(
              IntStream.range(0, 60).mapToObj(i -> new Piece(" w" + i, 1)).toList(),
              IntStream.range(0, 60).mapToObj(i -> new Piece(" ww" + i, 2)).toList()),
          1);

  private static TraceMaker maker() {
    return new TraceMaker(COSTS, 42, 0);
  }

  /** The tokens of a text in their order: a word that costs two is two. */
  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    for (String word : text.split(" ", -1)) {
      tokens.add(word);
      if (word.startsWith("ww")) {
        tokens.add(word + "'");
      }
    }
    return tokens;
  }

  /** Template and opener are the head, of which the opener is one word. */
  private static int count(String text) {
    return HEAD - 1 + tokens(text).size();
  }

  private static String text(long i, int tokens, int size, Long... ids) {
    return maker().text(i, tokens, Optional.of(new Blocks(List.of(ids), size)));
  }

  @Property(tries = 300)
  void everyPromptHasItsLengthWhateverItsBlocks(
      @ForAll @Size(max = 12) List<@LongRange(min = 0) Long> ids,
      @ForAll @IntRange(min = 1, max = 70) int size,
      @ForAll @IntRange(min = HEAD + 1, max = 600) int length) {
    assertThat(count(maker().text(3, length, Optional.of(new Blocks(ids, size)))))
        .isEqualTo(length);
  }

  @Property(tries = 300)
  void equalBlocksAreEqualTokensAndOthersAreNot(
      @ForAll @IntRange(min = 1, max = 6) int shared,
      @ForAll @IntRange(min = 20, max = 70) int size,
      @ForAll @LongRange(min = 100) long one,
      @ForAll @LongRange(min = -1_000, max = 99) long other) {
    List<Long> ids = new ArrayList<>(IntStream.range(0, shared).mapToObj(i -> (long) i).toList());
    ids.add(one);
    List<Long> others = new ArrayList<>(ids);
    others.set(shared, other - 2_000);

    List<String> first =
        tokens(maker().text(1, size * (shared + 1), Optional.of(new Blocks(ids, size))));
    List<String> second =
        tokens(maker().text(2, size * (shared + 1), Optional.of(new Blocks(others, size))));

    int same = size * shared - HEAD + 1;
    assertThat(second.subList(0, same)).isEqualTo(first.subList(0, same));
    assertThat(second.subList(same, second.size())).isNotEqualTo(first.subList(same, first.size()));
  }

  @Test
  void whatIsSharedDoesNotDependOnTheRequestThatSendsIt() {
    assertThat(text(7, 120, 40, 1L, 2L, 3L)).isEqualTo(text(8, 120, 40, 1L, 2L, 3L));
  }

  @Test
  void tokensBeyondTheBlocksAreTheRequestsOwn() {
    String one = text(7, 100, 40, 1L, 2L);
    String two = text(8, 100, 40, 1L, 2L);

    assertThat(tokens(two).subList(0, 80 - HEAD)).isEqualTo(tokens(one).subList(0, 80 - HEAD));
    assertThat(two).isNotEqualTo(one);
  }

  @Test
  void aTemplateThatIsLongerThanTheFirstBlocksTakesThemWhole() {
    assertThat(count(text(1, 30, 4, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L))).isEqualTo(30);
  }

  @Test
  void withoutBlocksEachPromptBeginsByItself() {
    Set<List<String>> beginnings = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      String text = maker().text(i, 40, Optional.empty());
      assertThat(count(text)).isEqualTo(40);
      beginnings.add(tokens(text).subList(0, 5));
    }
    assertThat(beginnings).hasSize(500);
  }

  @Test
  void aTextIsAFunctionOfSeedLevelAndIndexAlone() {
    Optional<Blocks> blocks = Optional.of(new Blocks(List.of(5L, 6L), 32));
    maker().text(1, 50, blocks);

    assertThat(maker().text(9, 64, blocks)).isEqualTo(maker().text(9, 64, blocks));
    assertThat(new TraceMaker(COSTS, 42, 1).text(9, 64, blocks))
        .isNotEqualTo(maker().text(9, 64, blocks));
    assertThat(new TraceMaker(COSTS, 43, 0).text(9, 64, blocks))
        .isNotEqualTo(maker().text(9, 64, blocks));
  }

  @Test
  void aShorterLengthThanTheShortestIsTheShortest() {
    assertThat(count(text(1, 2, 512, 1L))).isEqualTo(maker().shortest()).isEqualTo(HEAD + 1);
    assertThat(count(maker().text(1, 2, Optional.empty()))).isEqualTo(HEAD + 1);
  }
}
