package io.streamgauge.deploy.options;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.engine.EngineFiles;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.engine.EngineKind;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.plan.Backend;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** The options of {@code run} that say which engines are started, and how. */
final class EngineChoice {
  static final String ALL = "all";

  /** In the order in which {@code all} runs them. */
  private static final List<EngineKind> REAL =
      List.of(EngineKind.VLLM, EngineKind.SGLANG, EngineKind.LLAMACPP);

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "A setting of the engine that is started, over its file's, e.g. tensor_parallel_size=2;"
              + " a list as [a, b]; repeatable. Of several engines it goes to those that know it.")
  List<String> set = new ArrayList<>();

  /** The engines of that name. */
  static List<Backend> named(String name, Optional<String> model) {
    return kinds(name).stream()
        .<Backend>map(kind -> new Backend.Managed(kind.label(), kind, Map.of(), model))
        .toList();
  }

  private static List<EngineKind> kinds(String name) {
    try {
      return name.equals(ALL) ? REAL : List.of(EngineKind.parse(name));
    } catch (PlanException _) {
      throw new PlanException(
          "backend", name, "vllm, sglang, llamacpp, sim or all; any label with --url");
    }
  }

  /**
   * The backends with the settings that were given.
   *
   * @throws PlanException when no engine among them knows one of them
   */
  List<Backend> over(List<Backend> backends) {
    Map<String, Object> settings = new LinkedHashMap<>();
    set.forEach(text -> put(settings, text));
    TreeSet<String> known = new TreeSet<>();
    backends.forEach(backend -> known.addAll(keys(backend)));
    settings.forEach(
        (key, value) -> {
          if (!known.contains(key)) {
            throw new PlanException(
                "set",
                key + "=" + value,
                known.isEmpty()
                    ? "none where the tool starts no engine"
                    : "one of the settings " + String.join(", ", known));
          }
        });
    return backends.stream().map(backend -> with(settings, backend)).toList();
  }

  private static Backend with(Map<String, Object> settings, Backend backend) {
    return switch (backend) {
      case Backend.Served served -> served;
      case Backend.Managed managed -> {
        Map<String, Object> all = new HashMap<>(managed.settings());
        settings.forEach(
            (key, value) -> {
              if (keys(backend).contains(key)) {
                all.put(key, value);
              }
            });
        yield managed.withSettings(all);
      }
    };
  }

  private static Set<String> keys(Backend backend) {
    return switch (backend) {
      case Backend.Served _ -> Set.of();
      case Backend.Managed managed -> EngineFiles.keys(managed.engine());
    };
  }

  private static void put(Map<String, Object> settings, String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new PlanException("set", text, "KEY=VALUE");
    }
    settings.put(text.substring(0, equals).strip(), value(text.substring(equals + 1).strip()));
  }

  /** Numbers, true, false and lists as in the file; all else is text. */
  private static Object value(String text) {
    try {
      JsonNode node = Json.YAML.readTree(text);
      return node != null && (node.isNumber() || node.isBoolean() || node.isArray())
          ? Json.YAML.treeToValue(node, Object.class)
          : text;
    } catch (JsonProcessingException _) {
      return text;
    }
  }
}
