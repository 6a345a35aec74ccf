package io.streamgauge.deploy.cli;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Durations;
import io.streamgauge.common.plan.AgentsPolicy;
import io.streamgauge.common.plan.Backend;
import io.streamgauge.common.plan.DatasetRef;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.PlanFile;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.Load;
import io.streamgauge.common.plan.request.ApiEndpoint;
import io.streamgauge.common.plan.request.RequestShape;
import io.streamgauge.common.plan.request.Target;
import io.streamgauge.common.plan.request.TargetOptions;
import io.streamgauge.common.plan.request.TargetUrl;
import io.streamgauge.common.plan.slo.Deadlines;
import io.streamgauge.common.plan.slo.ErrorLimit;
import io.streamgauge.common.plan.slo.Percentage;
import io.streamgauge.common.plan.slo.Slo;
import io.streamgauge.common.plan.slo.Slos;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code run} and the plan that they make, alone or over a plan file. */
public final class RunOptions {
  private static final String DEFAULT_DATASET = "benchmark_dataset.json";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "A server that already runs: http(s)://HOST[:PORT][/PATH][?QUERY], with or without the"
              + " version and the endpoint.")
  @Nullable String url;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description =
          "The engine to start: vllm, sglang, llamacpp, sim, or all of the first three that are"
              + " installed; with --url any label for files and results. Default: sim without"
              + " --url, unknown with it.")
  @Nullable String backend;

  public @Mixin LoadOptions load = new LoadOptions();

  @Option(
      names = "--dataset",
      paramLabel = "FILE",
      description =
          "A prompts file. Default: benchmark_dataset.json if it is there, else the built-in 18"
              + " prompts.")
  @Nullable Path dataset;

  @Option(names = "--plan", paramLabel = "FILE", description = "A plan file (YAML or JSON).")
  public @Nullable Path plan;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description =
          "Model name sent; A,B or A@0.8,B@0.2 for several in one load, by share. Default: the"
              + " server's, if it lists one only.")
  @Nullable String model;

  @Option(
      names = "--requests",
      paramLabel = "N",
      description = "Requests to send. Default: each prompt of the dataset once.")
  @Nullable Long requests;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "Time during which requests start, e.g. 60s.")
  @Nullable String duration;

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
      names = "--warmup",
      paramLabel = "N",
      description =
          "Requests before the measured ones, not in the results; auto: until two windows agree,"
              + " for a minute at most. Default: 0.")
  String warmup = "0";

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "Limit for one request. Default: 600s.")
  @Nullable String timeout;

  @Option(
      names = "--max-failed",
      paramLabel = "SHARE",
      description = "More failed requests than this and the exit code is 1. Default: 1%%.")
  @Nullable String maxFailed;

  @Option(
      names = "--max-client-error",
      paramLabel = "SHARE",
      description =
          "How late the client's own stamps may be at p99, as a share of the median TTFT or gap,"
              + " before a level is void (exit code 4); off never voids. Default: 2%%.")
  @Nullable String maxClientError;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Everything random follows from it. Default: 42.")
  @Nullable Long seed;

  @Option(
      names = "--slo",
      paramLabel = "METRIC=LIMIT",
      description = "An objective such as ttft_p99=500ms; repeatable; sets the exit code.")
  List<String> slo = new ArrayList<>();

  @Option(
      names = "--fluidity",
      paramLabel = "FIRST,EACH",
      description =
          "Deadlines of the fluidity index: of the first token and of each later one, e.g."
              + " 500ms,50ms. Default: the limits on ttft and itl (else tpot), else 100ms,50ms.")
  @Nullable String fluidity;

  @Option(
      names = "--keep-text",
      description =
          "Keep the texts of the answers, up to 65536 characters each, in a file beside the"
              + " results.")
  boolean keepText;

  @Mixin EngineChoice engines = new EngineChoice();

  @Mixin TargetChoice target = new TargetChoice();

  @Option(
      names = "--api-key-env",
      paramLabel = "NAME",
      description = "Environment variable that holds the API key.")
  @Nullable String apiKeyEnv;

  @Option(
      names = "--header",
      paramLabel = "NAME: VALUE",
      description = "One more header of each request; repeatable.")
  List<String> header = new ArrayList<>();

  /**
   * The plan that these options ask for.
   *
   * @throws PlanException when an option is wrong or two do not go together
   */
  public Plan toPlan() {
    refuseWhatChangesNothing();
    Optional<Plan> file = Optional.ofNullable(plan).map(PlanFile::read);
    List<Backend> backends = engines.applyTo(backends(file));
    return new Plan(
        file.map(Plan::name).orElse("run"),
        backends,
        dataset(file),
        request(file.map(Plan::request).orElse(RequestShape.DEFAULT)),
        levels(file),
        file.map(Plan::slo).orElse(Slos.NONE).with(slo.stream().map(Slo::parse).toList()),
        file.map(Plan::agents).orElse(AgentsPolicy.DEFAULT),
        maxFailed == null
            ? file.map(Plan::maxFailed).orElse(Percentage.ONE_PERCENT)
            : Percentage.parse(maxFailed),
        maxClientError == null
            ? file.map(Plan::maxClientError).orElse(ErrorLimit.DEFAULT)
            : ErrorLimit.parse(maxClientError),
        seed == null ? file.map(Plan::seed).orElse(Plan.DEFAULT_SEED) : seed,
        file.map(Plan::queue).orElse(false),
        fluidity == null ? file.flatMap(Plan::fluidity) : Optional.of(Deadlines.parse(fluidity)),
        keepText || file.map(Plan::keepText).orElse(false));
  }

  private void refuseWhatChangesNothing() {
    if (plan != null && load.changesNothing()) {
      throw new PlanException(
          "plan: --arrival, --max-concurrency and --ramp change no level of a plan, expected"
              + " --rate or --concurrency beside them");
    }
  }

  /** Whether engines that are missing on this host are to be passed over. */
  boolean whateverIsThere() {
    return url == null && EngineChoice.ALL.equals(backend);
  }

  private List<Backend> backends(Optional<Plan> file) {
    if (url != null) {
      Optional<Backend.Served> only = onlyServed(file);
      Optional<Target> other = only.map(Backend.Served::target);
      Map<String, String> headers =
          new LinkedHashMap<>(other.map(Target::headers).orElse(Map.of()));
      headers.putAll(headers());
      return List.of(
          new Backend.Served(
              Optional.ofNullable(backend).or(() -> only.map(Backend::name)).orElse("unknown"),
              new Target(
                  url,
                  Optional.ofNullable(model).or(() -> other.flatMap(Target::model)),
                  Optional.ofNullable(apiKeyEnv).or(() -> other.flatMap(Target::apiKeyEnv)),
                  headers,
                  target.served(other.map(Target::options).orElse(TargetOptions.DEFAULT)))));
    }
    if (apiKeyEnv != null) {
      throw new PlanException("api-key-env", apiKeyEnv, "none without --url");
    }
    if (!header.isEmpty()) {
      throw new PlanException("header: given without --url, expected none");
    }
    return target.applyTo(planned(file));
  }

  private List<Backend> planned(Optional<Plan> file) {
    List<Backend> planned = file.map(Plan::backends).orElse(List.of());
    if (backend != null && planned.stream().anyMatch(this::isNamed)) {
      return planned.stream().filter(this::isNamed).map(this::withModel).toList();
    }
    if (backend != null || file.isEmpty()) {
      return EngineChoice.named(backend == null ? "sim" : backend, Optional.ofNullable(model));
    }
    if (model != null) {
      throw new PlanException("model", model, "--url or --backend beside --plan");
    }
    return file.get().backends();
  }

  /** The plan's one server, all of which but the URL holds for another one too. */
  private static Optional<Backend.Served> onlyServed(Optional<Plan> file) {
    return file.map(Plan::backends)
        .filter(planned -> planned.size() == 1)
        .map(List::getFirst)
        .filter(Backend.Served.class::isInstance)
        .map(Backend.Served.class::cast);
  }

  private boolean isNamed(Backend planned) {
    return planned.name().equals(backend);
  }

  private Backend withModel(Backend planned) {
    return model == null ? planned : planned.withModel(model);
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String text : header) {
      int colon = text.indexOf(':');
      if (colon < 1) {
        throw new PlanException("header: a value without a colon (hidden), expected NAME: VALUE");
      }
      headers.put(text.substring(0, colon).strip(), text.substring(colon + 1).strip());
    }
    return headers;
  }

  private DatasetRef dataset(Optional<Plan> file) {
    if (dataset != null) {
      return DatasetRef.of(dataset.toString());
    }
    return file.map(Plan::dataset)
        .filter(planned -> !planned.equals(DatasetRef.BUILT_IN))
        .orElseGet(
            () ->
                Files.exists(Path.of(DEFAULT_DATASET))
                    ? DatasetRef.of(DEFAULT_DATASET)
                    : DatasetRef.BUILT_IN);
  }

  private RequestShape request(RequestShape base) {
    return target.applyTo(
        new RequestShape(
            endpoint == null ? ofUrl().orElse(base.endpoint()) : ApiEndpoint.parse(endpoint),
            maxTokens == null ? base.maxTokens() : Optional.of(maxTokens),
            ignoreEos || base.ignoreEos(),
            timeout == null ? base.timeout() : Durations.parse("timeout", timeout),
            base.body(),
            base.maxTokensField()));
  }

  private Optional<ApiEndpoint> ofUrl() {
    return Optional.ofNullable(url).flatMap(text -> TargetUrl.parse(text).endpoint());
  }

  private List<Level> levels(Optional<Plan> file) {
    List<Level> levels = new ArrayList<>();
    List<Level> planned =
        file.isEmpty()
            ? List.of(level(load.load(defaultUsers())))
            : file.get().levels().stream().map(this::withOptions).toList();
    if (load.given() && file.isPresent()) {
      planned = load.replaceIn(planned, defaultUsers());
    }
    Load first = planned.getFirst().load();
    warmupExtent().ifPresent(extent -> levels.add(new Level("warmup", first, extent, true)));
    levels.addAll(planned);
    return levels;
  }

  private Optional<Extent> warmupExtent() {
    if (warmup.equals("auto")) {
      return Optional.of(Extent.warmingUp());
    }
    if (!warmup.matches("\\d{1,18}")) {
      throw new PlanException("warmup", warmup, "a number from 0, or auto");
    }
    long count = Long.parseLong(warmup);
    return count == 0 ? Optional.empty() : Optional.of(Extent.of(count));
  }

  private int defaultUsers() {
    return url == null ? 20 : 10;
  }

  private Level level(Load chosen) {
    return new Level(Level.defaultName(chosen), chosen, extent(Extent.EACH_PROMPT_ONCE), false);
  }

  private Level withOptions(Level planned) {
    return planned.warmup() ? planned : planned.withExtent(extent(planned.extent()));
  }

  private Extent extent(Extent base) {
    if (requests == null && duration == null) {
      return base;
    }
    return new Extent(
        Optional.ofNullable(requests).or(base::requests),
        Optional.ofNullable(duration)
            .map(text -> Durations.parse("duration", text))
            .or(base::duration));
  }
}
