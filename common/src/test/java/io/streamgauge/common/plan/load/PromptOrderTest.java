package io.streamgauge.common.plan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptOrderTest {
  private static final int PROMPTS = 18;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 18, 1000})
  void everyPromptComesOnceARound(int prompts) {
    PromptOrder order = new PromptOrder(prompts, 42);

    for (int round = 0; round < 5; round++) {
      assertThat(round(order, prompts, round))
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, prompts).boxed().toList());
    }
  }

  @Test
  void roundsDiffer() {
    PromptOrder order = new PromptOrder(PROMPTS, 42);

    assertThat(IntStream.range(0, 50).mapToObj(round -> round(order, PROMPTS, round)))
        .doesNotHaveDuplicates();
  }

  @Test
  void theSeedDecidesTheOrder() {
    assertThat(round(new PromptOrder(PROMPTS, 1), PROMPTS, 3))
        .isEqualTo(round(new PromptOrder(PROMPTS, 1), PROMPTS, 3))
        .isNotEqualTo(round(new PromptOrder(PROMPTS, 2), PROMPTS, 3));
  }

  @Test
  void theOrderInWhichItIsAskedDoesNotMatter() {
    PromptOrder forwards = new PromptOrder(PROMPTS, 42);
    PromptOrder backwards = new PromptOrder(PROMPTS, 42);
    List<Integer> straight = LongStream.range(0, 200).mapToObj(forwards::promptOf).toList();

    assertThat(LongStream.range(0, 200).mapToObj(i -> backwards.promptOf(199 - i)).toList())
        .isEqualTo(straight.reversed());
  }

  @Test
  void withoutPromptsThereIsNoOrder() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PromptOrder(0, 42))
        .withMessageContaining("0 prompts");
  }

  private static List<Integer> round(PromptOrder order, int prompts, int round) {
    long first = (long) round * prompts;
    return LongStream.range(first, first + prompts).mapToObj(order::promptOf).toList();
  }
}
