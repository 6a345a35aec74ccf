package io.streamgauge.deploy.options;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.synthetic.Lengths;
import io.streamgauge.common.dataset.synthetic.Synthetic;
import io.streamgauge.common.plan.request.DatasetRef;
import io.streamgauge.controller.workload.tokenizer.TokenizerFile;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code run} that have prompts made to length, or tell how alike they are. */
final class SyntheticOptions {
  @Option(
      names = "--input-tokens",
      paramLabel = "LENGTH",
      description =
          "Prompts of so many tokens by the server's own count, chat template included: 512,"
              + " uniform:256:1024, normal:512:64, lognormal:512:0.5, or pairs of input and output"
              + " with their shares, 1024/128@0.7,8192/1024@0.3.")
  @Nullable String inputTokens;

  @Option(
      names = "--output-tokens",
      paramLabel = "LENGTH",
      description = "Answers of so many tokens, beside --input-tokens and in the same forms.")
  @Nullable String outputTokens;

  @Option(
      names = "--prefix-tokens",
      paramLabel = "N",
      description = "Tokens of the beginning that prompts of --input-tokens share, of those.")
  @Nullable Integer prefixTokens;

  @Option(
      names = "--prefixes",
      paramLabel = "K",
      description = "How many such beginnings there are. Default: 1.")
  @Nullable Integer prefixes;

  @Option(
      names = "--tokenizer",
      paramLabel = "DIR|FILE",
      description =
          "A tokenizer.json, which counts the tokens of prompts that are made in place of the"
              + " server.")
  @Nullable String tokenizer;

  @Option(
      names = "--same-prompts",
      description =
          "Each level sends the very same requests. Default: of made prompts the same lengths with"
              + " other beginnings, so that no cache helps; of a dataset its prompts in another"
              + " order.")
  boolean samePrompts;

  @Option(
      names = "--unique-prefix",
      description =
          "A short mark in front of each request's prompt, so that none begins as another did and"
              + " no prefix cache helps.")
  boolean uniquePrefix;

  /** The dataset, as these options change it; {@code plan} is that of the plan file. */
  DatasetRef over(DatasetRef dataset, DatasetRef plan) {
    Optional<Synthetic> lengths = synthetic(plan.synthetic());
    boolean instead = inputTokens != null && dataset.equals(plan);
    return new DatasetRef(
        instead ? Optional.empty() : dataset.file(),
        instead ? Optional.empty() : dataset.prompts(),
        instead ? Optional.empty() : dataset.read(),
        dataset.equals(plan) || inputTokens != null ? lengths : Optional.empty(),
        Optional.of(samePrompts || plan.samePrompts().isPresent()),
        Optional.of(uniquePrefix || plan.uniquePrefix().isPresent()),
        plan.sessions(),
        instead ? Optional.empty() : dataset.trace(),
        Optional.ofNullable(tokenizer)
            .map(text -> TokenizerFile.locate(text).toString())
            .or(plan::tokenizer));
  }

  private Optional<Synthetic> synthetic(Optional<Synthetic> plan) {
    Optional<Lengths> input =
        Optional.ofNullable(inputTokens)
            .map(Lengths::parse)
            .or(() -> plan.map(Synthetic::inputTokens));
    if (input.isEmpty()) {
      refuse("output_tokens", outputTokens);
      refuse("prefix_tokens", prefixTokens);
      refuse("prefixes", prefixes);
      return Optional.empty();
    }
    return Optional.of(
        new Synthetic(
            input.get(),
            Optional.ofNullable(outputTokens)
                .map(Lengths::parse)
                .or(() -> plan.flatMap(Synthetic::outputTokens)),
            Optional.ofNullable(prefixTokens).or(() -> plan.flatMap(Synthetic::prefixTokens)),
            Optional.ofNullable(prefixes).or(() -> plan.flatMap(Synthetic::prefixes))));
  }

  private static void refuse(String field, @Nullable Object value) {
    if (value != null) {
      throw new PlanException(field, value, "none without input_tokens");
    }
  }
}
