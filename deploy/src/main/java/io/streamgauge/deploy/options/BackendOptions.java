package io.streamgauge.deploy.options;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.plan.Backend;
import io.streamgauge.common.plan.request.ApiEndpoint;
import io.streamgauge.common.plan.request.TargetUrl;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code run} that say what is measured. */
final class BackendOptions {
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

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description =
          "Model name sent; A,B or A@0.8,B@0.2 for several in one load, by share. Default: the"
              + " server's, if it lists one only.")
  @Nullable String model;

  /** Whether engines that are missing on this host are to be passed over. */
  boolean whateverIsThere() {
    return url == null && EngineChoice.ALL.equals(backend);
  }

  int defaultUsers() {
    return url == null ? 20 : 10;
  }

  /** The one that the URL ends in. */
  Optional<ApiEndpoint> endpoint() {
    return Optional.ofNullable(url).flatMap(text -> TargetUrl.parse(text).endpoint());
  }

  /** Those of a plan, which are none without one, with what was given for them or over them. */
  List<Backend> over(List<Backend> planned, TargetChoice target) {
    if (url == null) {
      return target.applyTo(named(planned));
    }
    Optional<Backend.Served> only = onlyServed(planned);
    return List.of(
        new Backend.Served(
            Optional.ofNullable(backend).or(() -> only.map(Backend::name)).orElse("unknown"),
            target.served(url, Optional.ofNullable(model), only.map(Backend.Served::target))));
  }

  /** The plan's one server, all of which but the URL holds for another one too. */
  private static Optional<Backend.Served> onlyServed(List<Backend> planned) {
    return planned.size() == 1 && planned.getFirst() instanceof Backend.Served served
        ? Optional.of(served)
        : Optional.empty();
  }

  private List<Backend> named(List<Backend> planned) {
    if (backend != null && planned.stream().anyMatch(this::isNamed)) {
      return planned.stream().filter(this::isNamed).map(this::withModel).toList();
    }
    if (backend != null || planned.isEmpty()) {
      return EngineChoice.named(backend == null ? "sim" : backend, Optional.ofNullable(model));
    }
    if (model != null) {
      throw new PlanException("model", model, "--url or --backend beside --plan");
    }
    return planned;
  }

  private boolean isNamed(Backend planned) {
    return planned.name().equals(backend);
  }

  private Backend withModel(Backend planned) {
    return model == null ? planned : planned.withModel(model);
  }
}
