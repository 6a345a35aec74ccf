package io.streamgauge.common.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.engine.EngineKind;
import io.streamgauge.common.plan.request.Authorities;
import io.streamgauge.common.plan.request.BodyFields;
import io.streamgauge.common.plan.request.ModelMix;
import io.streamgauge.common.plan.request.Name;
import io.streamgauge.common.plan.request.Target;
import io.streamgauge.common.plan.request.TargetOptions;
import io.streamgauge.common.plan.request.Trust;
import io.streamgauge.common.secret.Redaction;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What is measured: a server that already runs, or an engine that the tool starts. */
public sealed interface Backend {
  /** The label in file names and results. */
  String name();

  /** How its server wants to be spoken to. */
  TargetOptions options();

  /** The models among which requests choose, where there are several. */
  default Optional<ModelMix> mix() {
    return switch (this) {
      case Served(String _, Target target) -> target.mix();
      case Managed managed -> managed.model.flatMap(ModelMix::of);
    };
  }

  /** Whether it is our own simulated engine, in a process with the client where there is one. */
  default boolean simulated() {
    return this instanceof Managed managed && managed.engine == EngineKind.SIM;
  }

  /** Whether its server is known, by its name, to answer as long as it is asked to. */
  default boolean ignoresEos() {
    return Arrays.stream(EngineKind.values()).anyMatch(kind -> kind.label().equals(kind(this)));
  }

  /** Whether its server is known, by its name, to take {@code min_tokens}. */
  default boolean knowsMinTokens() {
    return Stream.of(EngineKind.VLLM, EngineKind.SGLANG)
        .anyMatch(kind -> kind.label().equals(kind(this)));
  }

  private static String kind(Backend backend) {
    return switch (backend) {
      case Served(String name, Target _) -> name;
      case Managed managed -> managed.engine.label();
    };
  }

  /** A server that already runs. */
  record Served(String name, Target target) implements Backend {
    public Served {
      checkName("backend", name);
    }

    @Override
    public TargetOptions options() {
      return target.options();
    }
  }

  /** An engine started and stopped by the tool, with the settings that differ from its file. */
  record Managed(
      String name,
      EngineKind engine,
      Map<String, Object> settings,
      Optional<String> model,
      TargetOptions options)
      implements Backend {
    public Managed {
      checkName("backend", name);
      settings = Map.copyOf(settings);
      model.ifPresent(text -> Name.check("model", text, "the name of a model"));
      if (engine != EngineKind.SIM && model.flatMap(ModelMix::of).isPresent()) {
        throw new PlanException(
            "model", model.get(), "one model; several only of a server that runs already");
      }
    }

    /** Settings may be secret. */
    @Override
    public String toString() {
      return "Managed[%s, %s, %s]".formatted(name, engine, new Redaction().settings(settings));
    }

    /** One that is spoken to as usual. */
    public Managed(
        String name, EngineKind engine, Map<String, Object> settings, Optional<String> model) {
      this(name, engine, settings, model, TargetOptions.DEFAULT);
    }

    public Managed withSettings(Map<String, Object> others) {
      return new Managed(name, engine, others, model, options);
    }
  }

  /** The form of a backend in plan files, messages and results. */
  record Form(
      Optional<String> name,
      Optional<EngineKind> engine,
      Optional<Map<String, Object>> settings,
      Optional<String> url,
      Optional<String> model,
      Optional<String> apiKeyEnv,
      Optional<String> apiKeyHeader,
      Optional<Map<String, String>> headers,
      Optional<Authorities> ca,
      Optional<Boolean> insecure,
      Optional<String> engineMetrics,
      Optional<BodyFields> body,
      Optional<String> maxTokensField) {
    private TargetOptions options() {
      return new TargetOptions(
          apiKeyHeader, new Trust(ca, insecure.orElse(false)), engineMetrics, body, maxTokensField);
    }
  }

  @JsonCreator
  static Backend of(Form form) {
    form.name().ifPresent(name -> checkName("name", name));
    if (form.url().isPresent() == form.engine().isPresent()) {
      throw new PlanException(
          "backend %s: expected either url or engine, %s"
              .formatted(
                  form.name().orElse("without name"),
                  form.url().isPresent() ? "both are given" : "neither is given"));
    }
    if (form.url().isPresent()) {
      form.settings().ifPresent(s -> misplaced("settings", new Redaction().settings(s), "engine"));
      return new Served(
          form.name().orElse("unknown"),
          new Target(
              form.url().get(),
              form.model(),
              form.apiKeyEnv(),
              form.headers().orElse(Map.of()),
              form.options()));
    }
    form.apiKeyEnv().ifPresent(name -> misplaced("api_key_env", name, "url"));
    form.apiKeyHeader().ifPresent(name -> misplaced("api_key_header", name, "url"));
    form.headers().ifPresent(names -> misplaced("headers", names.keySet(), "url"));
    form.ca().ifPresent(_ -> misplaced("ca", "(certificates)", "url"));
    form.insecure().ifPresent(value -> misplaced("insecure", value, "url"));
    EngineKind engine = form.engine().orElseThrow();
    return new Managed(
        form.name().orElse(engine.label()),
        engine,
        form.settings().orElse(Map.of()),
        form.model(),
        form.options());
  }

  /** The same, spoken to in another way. */
  default Backend withOptions(TargetOptions others) {
    return switch (this) {
      case Served(String name, Target target) -> new Served(name, target.withOptions(others));
      case Managed managed ->
          new Managed(managed.name, managed.engine, managed.settings, managed.model, others);
    };
  }

  /** The same one asked for another model. */
  default Backend withModel(String model) {
    return switch (this) {
      case Served(String name, Target target) -> new Served(name, target.withModel(model));
      case Managed managed ->
          new Managed(
              managed.name, managed.engine, managed.settings, Optional.of(model), managed.options);
    };
  }

  /** Without the values of headers, which may be secret, and of secret options and settings. */
  default Backend redacted() {
    return switch (this) {
      case Served(String name, Target target) -> new Served(name, target.redacted());
      case Managed managed ->
          new Managed(
              managed.name,
              managed.engine,
              new Redaction().settings(managed.settings),
              managed.model,
              managed.options.redacted());
    };
  }

  private static void misplaced(String field, Object value, String partner) {
    throw new PlanException(field, value, "none without " + partner);
  }

  private static void checkName(String field, String name) {
    if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new PlanException(field, name, "1 to 64 letters, digits, dots, dashes or underscores");
    }
  }

  @JsonValue
  default Form form() {
    Optional<Target> target =
        this instanceof Served served ? Optional.of(served.target) : Optional.empty();
    Optional<Managed> managed = this instanceof Managed own ? Optional.of(own) : Optional.empty();
    TargetOptions options = options();
    return new Form(
        Optional.of(name()),
        managed.map(Managed::engine),
        managed.map(Managed::settings).filter(settings -> !settings.isEmpty()),
        target.map(Target::url),
        target.flatMap(Target::model).or(() -> managed.flatMap(Managed::model)),
        target.flatMap(Target::apiKeyEnv),
        options.apiKeyHeader(),
        target.map(Target::headers).filter(headers -> !headers.isEmpty()),
        options.trust().ca(),
        Optional.of(options.trust().insecure()).filter(insecure -> insecure),
        options.engineMetrics(),
        options.body(),
        options.maxTokensField());
  }
}
