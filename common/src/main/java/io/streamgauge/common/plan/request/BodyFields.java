package io.streamgauge.common.plan.request;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.secret.Redaction;
import io.streamgauge.common.secret.SecretNames;
import java.util.List;
import java.util.Set;

/**
 * Fields that a user wants in the body of every request, over those that we would send: mappings
 * are merged, {@code null} removes a field.
 *
 * @param json one JSON object
 */
public record BodyFields(String json) {
  public static final BodyFields NONE = new BodyFields("{}");

  /** What tells a server how to draw tokens; what is not sent is the server's own choice. */
  private static final Set<String> SAMPLING =
      Set.of(
          "temperature",
          "top_p",
          "top_k",
          "min_p",
          "typical_p",
          "seed",
          "frequency_penalty",
          "presence_penalty",
          "repetition_penalty",
          "repeat_penalty",
          "sampling_params");

  /** As in a plan; dots in a field's name nest. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static BodyFields of(ObjectNode fields) {
    ObjectNode nested = Json.MAPPER.createObjectNode();
    fields.properties().forEach(field -> put(nested, field.getKey(), field.getValue()));
    return new BodyFields(nested.toString());
  }

  /**
   * Reads {@code KEY=VALUE} of the command line, where VALUE is JSON, else text.
   *
   * @throws PlanException when one of them has another form
   */
  public static BodyFields parse(List<String> texts) {
    if (texts.isEmpty()) {
      return NONE;
    }
    ObjectNode fields = Json.MAPPER.createObjectNode();
    for (String text : texts) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw new PlanException("body", text, "KEY=VALUE");
      }
      put(fields, text.substring(0, equals).strip(), value(text.substring(equals + 1)));
    }
    return new BodyFields(fields.toString());
  }

  private static JsonNode value(String text) {
    try {
      JsonNode value = Json.MAPPER.readTree(text);
      return value.isMissingNode() ? Json.MAPPER.getNodeFactory().textNode(text) : value;
    } catch (JacksonException _) {
      return Json.MAPPER.getNodeFactory().textNode(text);
    }
  }

  private static void put(ObjectNode into, String path, JsonNode value) {
    if (path.isEmpty() || path.startsWith(".") || path.endsWith(".") || path.contains("..")) {
      throw new PlanException("body", path, "the name of a field; dots nest");
    }
    int dot = path.indexOf('.');
    if (dot < 0) {
      merge(into, Json.MAPPER.createObjectNode().set(path, value), true);
    } else {
      ObjectNode inner = Json.MAPPER.createObjectNode();
      put(inner, path.substring(dot + 1), value);
      merge(into, Json.MAPPER.createObjectNode().set(path.substring(0, dot), inner), true);
    }
  }

  @JsonValue
  public ObjectNode fields() {
    try {
      return (ObjectNode) Json.MAPPER.readTree(json);
    } catch (JacksonException e) {
      throw new IllegalStateException("no JSON object: " + json, e);
    }
  }

  public boolean isEmpty() {
    return json.equals(NONE.json);
  }

  /** These, and the {@code others} over them. */
  public BodyFields with(BodyFields others) {
    if (others.isEmpty()) {
      return this;
    }
    ObjectNode all = fields();
    merge(all, others.fields(), true);
    return new BodyFields(all.toString());
  }

  /** As they may be shown. */
  BodyFields redacted() {
    return new BodyFields(shown("", fields()).toString());
  }

  private static JsonNode shown(String name, JsonNode value) {
    if (value.isObject() && !SecretNames.secret(name)) {
      ObjectNode shown = Json.MAPPER.createObjectNode();
      value
          .properties()
          .forEach(field -> shown.set(field.getKey(), shown(field.getKey(), field.getValue())));
      return shown;
    }
    return value.isNull() ? value : Json.MAPPER.valueToTree(Redaction.shown(name, value(value)));
  }

  private static Object value(JsonNode value) {
    try {
      return Json.MAPPER.treeToValue(value, Object.class);
    } catch (JacksonException e) {
      throw new IllegalStateException("no JSON value: " + value, e);
    }
  }

  /** Puts them over what a body has. */
  public void applyTo(ObjectNode body) {
    merge(body, fields(), false);
  }

  /** Those of them that say how tokens are drawn. */
  public ObjectNode sampling() {
    ObjectNode sampling = fields();
    sampling.retain(SAMPLING);
    return sampling;
  }

  private static void merge(ObjectNode into, JsonNode over, boolean keepNulls) {
    over.properties()
        .forEach(
            field -> {
              String name = field.getKey();
              JsonNode value = field.getValue();
              if (value.isNull() && !keepNulls) {
                into.remove(name);
              } else if (value.isObject()) {
                ObjectNode inner =
                    into.path(name) instanceof ObjectNode own ? own : into.putObject(name);
                merge(inner, value, keepNulls);
              } else {
                into.set(name, value);
              }
            });
  }

  /**
   * Checks that nothing in them is at odds with what the tool itself sends and measures.
   *
   * @throws PlanException naming the field and where it belongs
   */
  void check(ApiEndpoint endpoint) {
    fields().properties().forEach(field -> check(endpoint, field.getKey(), field.getValue()));
  }

  private static void check(ApiEndpoint endpoint, String name, JsonNode value) {
    boolean removed = value.isNull();
    switch (name) {
      case "stream" -> {
        if (endpoint == ApiEndpoint.EMBEDDINGS ? value.asBoolean() : !value.asBoolean()) {
          refuse(name, value, "none: tokens are measured as they arrive");
        }
      }
      case "model" -> refuse(name, value, "none: the model is named by model (--model)");
      case "messages", "prompt", "input" -> {
        if (name.equals(endpoint.promptField())) {
          refuse(name, value, "none: the prompts are the dataset's");
        }
      }
      case "ignore_eos" -> {
        if (!removed) {
          refuse(name, value, "none: it is asked for by ignore_eos (--ignore-eos)");
        }
      }
      case "max_tokens", "max_completion_tokens", "max_output_tokens" -> {
        if (!removed) {
          refuse(
              name,
              value,
              "none: the limit is max_tokens (--max-tokens), its field max_tokens_field"
                  + " (--max-tokens-field)");
        }
      }
      case "n", "best_of" -> {
        if (!removed && value.asInt() != 1) {
          refuse(name, value, "1: the tokens of several answers cannot be told apart in time");
        }
      }
      default -> {}
    }
  }

  private static void refuse(String name, JsonNode value, String expected) {
    throw new PlanException("body." + name, value, expected);
  }
}
