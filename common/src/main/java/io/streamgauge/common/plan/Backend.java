package io.streamgauge.common.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.secret.Redaction;
import java.util.Map;
import java.util.Optional;

/** What is measured: a server that already runs, or an engine that the tool starts. */
public sealed interface Backend {
  /** The label in file names and results. */
  String name();

  /** A server that already runs. */
  record Served(String name, Target target) implements Backend {
    public Served {
      checkName("backend", name);
    }
  }

  /** An engine started and stopped by the tool, with the settings that differ from its file. */
  record Managed(
      String name, EngineKind engine, Map<String, Object> settings, Optional<String> model)
      implements Backend {
    public Managed {
      checkName("backend", name);
      settings = Map.copyOf(settings);
    }

    /** Settings may be secret. */
    @Override
    public String toString() {
      return "Managed[%s, %s, %s]".formatted(name, engine, new Redaction().settings(settings));
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
      Optional<Map<String, String>> headers) {}

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
              form.url().get(), form.model(), form.apiKeyEnv(), form.headers().orElse(Map.of())));
    }
    form.apiKeyEnv().ifPresent(name -> misplaced("api_key_env", name, "url"));
    form.headers().ifPresent(names -> misplaced("headers", names.keySet(), "url"));
    EngineKind engine = form.engine().orElseThrow();
    return new Managed(
        form.name().orElse(engine.label()), engine, form.settings().orElse(Map.of()), form.model());
  }

  /** The same one asked for another model. */
  default Backend withModel(String model) {
    return switch (this) {
      case Served(String name, Target target) -> new Served(name, target.withModel(model));
      case Managed(String name, EngineKind engine, var settings, var _) ->
          new Managed(name, engine, settings, Optional.of(model));
    };
  }

  /** Without the values of headers, which may be secret, and of secret options and settings. */
  default Backend redacted() {
    return switch (this) {
      case Served(String name, Target target) -> new Served(name, target.redacted());
      case Managed(String name, EngineKind engine, var settings, var model) ->
          new Managed(name, engine, new Redaction().settings(settings), model);
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
    return switch (this) {
      case Served(String name, Target target) ->
          new Form(
              Optional.of(name),
              Optional.empty(),
              Optional.empty(),
              Optional.of(target.url()),
              target.model(),
              target.apiKeyEnv(),
              target.headers().isEmpty() ? Optional.empty() : Optional.of(target.headers()));
      case Managed(String name, EngineKind engine, var settings, var model) ->
          new Form(
              Optional.of(name),
              Optional.of(engine),
              settings.isEmpty() ? Optional.empty() : Optional.of(settings),
              Optional.empty(),
              model,
              Optional.empty(),
              Optional.empty());
    };
  }
}
