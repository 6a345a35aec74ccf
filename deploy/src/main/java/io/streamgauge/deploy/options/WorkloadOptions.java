package io.streamgauge.deploy.options;

import io.streamgauge.common.cli.DatasetFileOptions;
import io.streamgauge.common.dataset.file.ReadOptions;
import io.streamgauge.common.json.Durations;
import io.streamgauge.common.plan.request.ApiEndpoint;
import io.streamgauge.common.plan.request.DatasetRef;
import io.streamgauge.common.plan.request.RequestShape;
import io.streamgauge.common.plan.request.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code run} that say what is sent. */
final class WorkloadOptions {
  private static final String DEFAULT_DATASET = "benchmark_dataset.json";

  @Option(
      names = "--dataset",
      paramLabel = "FILE",
      description =
          "A file of prompts, conversations or bodies, or a trace; its format is found by its"
              + " content. Default: benchmark_dataset.json if it is there, else the built-in 18"
              + " prompts.")
  @Nullable Path dataset;

  @Mixin DatasetFileOptions file = new DatasetFileOptions();

  @Mixin private SyntheticOptions synthetic = new SyntheticOptions();

  @Mixin private SessionOptions sessions = new SessionOptions();

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "Output limit of every request. Default: the prompt's own, else 256.")
  @Nullable Integer maxTokens;

  @Option(names = "--ignore-eos", description = "Ask the engine for exactly that many tokens.")
  boolean ignoreEos;

  @Option(
      names = "--endpoint",
      paramLabel = "NAME",
      description =
          "The API: chat, completions, responses, messages (Anthropic's) or embeddings. Default:"
              + " the one that the URL ends in, else chat.")
  @Nullable String endpoint;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "Limit for one request. Default: 600s.")
  @Nullable String timeout;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Everything random follows from it. Default: 42.")
  @Nullable Long seed;

  /** The workload with what was given over what it has. */
  Workload over(Workload base, Optional<ApiEndpoint> ofUrl, TargetChoice target) {
    return new Workload(
        dataset(base.dataset()),
        request(base.request(), ofUrl, target),
        seed == null ? base.seed() : seed);
  }

  private DatasetRef dataset(DatasetRef base) {
    DatasetRef named = sessions.over(named(base));
    return named.synthetic().isPresent()
        ? named
        : named.readBy(file.over(base.read().orElse(ReadOptions.DEFAULT)));
  }

  private DatasetRef named(DatasetRef base) {
    if (dataset != null) {
      return synthetic.over(DatasetRef.of(dataset.toString()), base);
    }
    DatasetRef given = synthetic.over(base, base);
    return given.namesNothing() && Files.exists(Path.of(DEFAULT_DATASET))
        ? synthetic.over(DatasetRef.of(DEFAULT_DATASET), base)
        : given;
  }

  private RequestShape request(
      RequestShape base, Optional<ApiEndpoint> ofUrl, TargetChoice target) {
    return new RequestShape(
        endpoint == null ? ofUrl.orElse(base.endpoint()) : ApiEndpoint.parse(endpoint),
        maxTokens == null ? base.maxTokens() : Optional.of(maxTokens),
        ignoreEos || base.ignoreEos(),
        timeout == null ? base.timeout() : Durations.parse("timeout", timeout),
        Optional.of(target.body(base.body())),
        target.maxTokensField().or(base::maxTokensField));
  }
}
