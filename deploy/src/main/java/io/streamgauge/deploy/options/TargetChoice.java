package io.streamgauge.deploy.options;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.plan.Backend;
import io.streamgauge.common.plan.request.Authorities;
import io.streamgauge.common.plan.request.BodyFields;
import io.streamgauge.common.plan.request.Target;
import io.streamgauge.common.plan.request.TargetOptions;
import io.streamgauge.common.plan.request.Trust;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code run} that say how a server wants to be spoken to. */
final class TargetChoice {
  @Option(
      names = "--body",
      paramLabel = "KEY=VALUE",
      description =
          "A field of every request's body; VALUE is JSON, else text; dots nest, null removes a"
              + " field that would be sent; repeatable.")
  List<String> body = new ArrayList<>();

  @Option(
      names = "--max-tokens-field",
      paramLabel = "NAME",
      description =
          "What the body calls the output limit, e.g. max_completion_tokens. Default: max_tokens,"
              + " with responses max_output_tokens.")
  @Nullable String maxTokensField;

  @Option(
      names = "--api-key-header",
      paramLabel = "NAME",
      description =
          "Header that carries the API key bare, e.g. api-key. Default: Authorization, as Bearer.")
  @Nullable String apiKeyHeader;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "A PEM of authorities to trust. Default: the system's.")
  @Nullable String ca;

  @Option(
      names = "--insecure",
      description = "Do not verify the server's certificate; stamped into the result.")
  boolean insecure;

  @Option(
      names = "--engine-metrics",
      paramLabel = "URL|none",
      description =
          "Where the engine's own counters are read. Default: /metrics of the server, if it has"
              + " such a page.")
  @Nullable String engineMetrics;

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

  /** The server at {@code url}, over what a plan says of another one. */
  Target served(String url, Optional<String> model, Optional<Target> planned) {
    Map<String, String> headers =
        new LinkedHashMap<>(planned.map(Target::headers).orElse(Map.of()));
    headers.putAll(headers());
    return new Target(
        url,
        model.or(() -> planned.flatMap(Target::model)),
        Optional.ofNullable(apiKeyEnv).or(() -> planned.flatMap(Target::apiKeyEnv)),
        headers,
        served(planned.map(Target::options).orElse(TargetOptions.DEFAULT)));
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

  private TargetOptions served(TargetOptions planned) {
    boolean trusts = ca != null || insecure;
    return over(
        new TargetOptions(
            apiKeyHeader == null ? planned.apiKeyHeader() : Optional.of(apiKeyHeader),
            trusts
                ? new Trust(Optional.ofNullable(ca).map(Authorities::read), insecure)
                : planned.trust(),
            planned.engineMetrics(),
            planned.body(),
            planned.maxTokensField()));
  }

  /**
   * The backends of a plan with what was given over what they have.
   *
   * @throws PlanException when an option has nothing to say about them
   */
  List<Backend> applyTo(List<Backend> backends) {
    refuse("api-key-env", apiKeyEnv);
    if (!header.isEmpty()) {
      throw new PlanException("header: given without --url, expected none");
    }
    refuse("api-key-header", apiKeyHeader);
    refuse("ca", ca);
    refuse("insecure", insecure ? "true" : null);
    return backends.stream().map(backend -> backend.withOptions(over(backend.options()))).toList();
  }

  private static void refuse(String option, @Nullable String value) {
    if (value != null) {
      throw new PlanException(option, value, "none without --url");
    }
  }

  /** Of what the plan's request has too, only what a server has of its own needs to be moved. */
  private TargetOptions over(TargetOptions planned) {
    return new TargetOptions(
        planned.apiKeyHeader(),
        planned.trust(),
        engineMetrics == null ? planned.engineMetrics() : Optional.of(engineMetrics),
        planned.body().map(fields -> fields.with(BodyFields.parse(body))),
        maxTokensField == null ? planned.maxTokensField() : Optional.empty());
  }

  /** Fields of every request's body, over those of a plan. */
  BodyFields body(Optional<BodyFields> planned) {
    return planned.orElse(BodyFields.NONE).with(BodyFields.parse(body));
  }

  Optional<String> maxTokensField() {
    return Optional.ofNullable(maxTokensField);
  }
}
