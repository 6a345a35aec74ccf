package io.streamgauge.agent.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.streamgauge.agent.engine.kind.Engine;
import io.streamgauge.agent.engine.kind.LlamaCpp;
import io.streamgauge.agent.engine.kind.Settings;
import io.streamgauge.agent.engine.kind.Sglang;
import io.streamgauge.agent.engine.kind.Simulated;
import io.streamgauge.agent.engine.kind.Vllm;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.engine.EngineKind;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.secret.Redaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The engines of a host, by the files of its owner ({@code vllm.yaml} and so on). A plan's settings
 * go over the file's, but decide neither what is executed nor who can reach it.
 *
 * @param plans where plans come from
 */
public record EngineFiles(Path folder, Origin plans) {
  private static final TypeReference<Map<String, Object>> SETTINGS = new TypeReference<>() {};

  /** Whose plans they are. */
  public enum Origin {
    /** The user's own process: they may give any arguments. */
    USER,
    /**
     * A controller over the network: they give no arguments of their own, and name no model but the
     * file's and those that it allows.
     */
    NETWORK
  }

  /**
   * The folder that a user named, which must be there, or {@code deploy/engines} of the
   * installation.
   */
  public static Path folder(Optional<Path> named) {
    named
        .filter(folder -> !Files.isDirectory(folder))
        .ifPresent(
            folder -> {
              throw new PlanException("engines", folder, "a folder with files of engines");
            });
    return named.orElseGet(
        () ->
            Path.of(System.getenv().getOrDefault("STREAMGAUGE_HOME", "."))
                .resolve("deploy")
                .resolve("engines"));
  }

  /**
   * An engine with the settings of its file and of a plan. Reads the file: blocks.
   *
   * @param settings the plan's
   * @param model the one that the plan's requests name: of vLLM and SGLang also the one to load
   * @throws PlanException when the file or the plan is wrong
   */
  public Engine read(EngineKind kind, Map<String, Object> settings, Optional<String> model) {
    Path file = folder.resolve(kind.label() + ".yaml");
    Map<String, Object> own = own(kind, file);
    Engine planned;
    try {
      planned = parse(kind, own);
    } catch (PlanException wrong) {
      throw wrong.from(file.toString());
    }
    Map<String, Object> all = new HashMap<>(own);
    settings.forEach(
        (key, value) -> {
          refuse(key, value, file);
          all.put(key, value);
        });
    model.ifPresent(name -> all.put(served(kind, settings), name));
    Engine engine;
    try {
      engine = parse(kind, all);
    } catch (PlanException wrong) {
      throw wrong.under("settings");
    }
    if (plans == Origin.NETWORK) {
      refuseModel(planned, engine, file);
    }
    return engine;
  }

  /** The settings that an engine knows. */
  public static Set<String> keys(EngineKind kind) {
    Settings settings = new Settings(Map.of());
    parse(kind, settings);
    return settings.keys();
  }

  private static Engine parse(EngineKind kind, Map<String, Object> values) {
    Settings settings = new Settings(values);
    Engine engine = parse(kind, settings);
    settings.end();
    return engine;
  }

  private static Engine parse(EngineKind kind, Settings settings) {
    return switch (kind) {
      case VLLM -> Vllm.read(settings);
      case SGLANG -> Sglang.read(settings);
      case LLAMACPP -> LlamaCpp.read(settings);
      case SIM -> Simulated.read(settings);
    };
  }

  /** The key that the model of the requests goes to. */
  private static String served(EngineKind kind, Map<String, Object> settings) {
    return switch (kind) {
      case VLLM -> settings.containsKey("model") ? "served_model_name" : "model";
      case SGLANG -> settings.containsKey("model_path") ? "served_model_name" : "model_path";
      case LLAMACPP -> "served_model_name";
      case SIM -> "model";
    };
  }

  private void refuse(String key, Object value, Path file) {
    if (HostSettings.OWN.contains(key)) {
      throw new PlanException(
          "settings." + key,
          key.equals("env") ? Redaction.HIDDEN : Redaction.shown(key, value),
          "nothing in a plan: only %s on the engine's host sets it".formatted(file));
    }
    if (key.equals("extra_args") && plans == Origin.NETWORK) {
      throw new PlanException(
          "settings.extra_args",
          Redaction.shown(key, value),
          "nothing in a plan from the network: only %s on the engine's host sets it"
              .formatted(file));
    }
  }

  private static void refuseModel(Engine own, Engine planned, Path file) {
    if (own instanceof Engine.External mine
        && planned instanceof Engine.External theirs
        && !theirs.source().equals(mine.source())
        && !mine.host().allowedModels().contains(theirs.source())) {
      throw new PlanException(
          "settings.model",
          theirs.source(),
          "%s or one of allowed_models in %s on the engine's host".formatted(mine.source(), file));
    }
  }

  private static Map<String, Object> own(EngineKind kind, Path file) {
    if (kind == EngineKind.SIM && Files.notExists(file)) {
      return Map.of();
    }
    try {
      String text = Files.readString(file);
      return Json.YAML.readTree(text).isMissingNode()
          ? Map.of()
          : Json.YAML.readValue(text, SETTINGS);
    } catch (JsonProcessingException e) {
      throw new PlanException(
          "%s: line %d: %s"
              .formatted(
                  file,
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                  e.getOriginalMessage().lines().findFirst().orElse("")));
    } catch (IOException e) {
      throw new PlanException(
          "engines",
          file,
          "a file with the settings of %s, which can be read (--engines DIR)"
              .formatted(kind.label()));
    }
  }
}
