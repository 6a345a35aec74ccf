package io.streamgauge.common.dataset;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a dataset is made of. Categories keep the order in which the dataset first names them;
 * {@code maxTokens} is empty where no prompt sets it.
 */
public record DatasetSummary(
    int count,
    Map<String, Integer> categories,
    Spread promptCharacters,
    Optional<Spread> maxTokens,
    int maxTokensUnset) {

  public DatasetSummary {
    categories = Collections.unmodifiableMap(new LinkedHashMap<>(categories));
  }

  static DatasetSummary of(List<Prompt> prompts) {
    Map<String, Integer> categories = new LinkedHashMap<>();
    prompts.forEach(prompt -> categories.merge(prompt.category(), 1, Integer::sum));
    int[] maxTokens =
        prompts.stream()
            .flatMap(prompt -> prompt.maxTokens().stream())
            .mapToInt(Integer::intValue)
            .toArray();
    return new DatasetSummary(
        prompts.size(),
        categories,
        Spread.of(prompts.stream().mapToInt(prompt -> characters(prompt.text()))),
        maxTokens.length == 0 ? Optional.empty() : Optional.of(Spread.of(IntStream.of(maxTokens))),
        prompts.size() - maxTokens.length);
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }

  /** The median of an even number of values is the mean of the middle two. */
  public record Spread(int min, double median, int max) {
    private static Spread of(IntStream values) {
      int[] sorted = values.sorted().toArray();
      int last = sorted.length - 1;
      double median = (sorted[last / 2] + (double) sorted[(last + 1) / 2]) / 2;
      return new Spread(sorted[0], median, sorted[last]);
    }
  }
}
