package io.streamgauge.common.plan;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.slo.ErrorLimit;
import io.streamgauge.common.plan.slo.Percentage;
import io.streamgauge.common.secret.Redaction;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says in the plan's own words what Jackson could not bind: path, value and expectation. */
final class PlanMistake {
  private static final PropertyNamingStrategies.SnakeCaseStrategy NAMES =
      new PropertyNamingStrategies.SnakeCaseStrategy();

  static PlanException of(JsonMappingException e, JsonNode tree) {
    JsonPointer place = place(e);
    String path = path(place);
    if (e.getCause() instanceof PlanException wrong) {
      return wrong.under(path);
    }
    if (e.getCause() instanceof InputCoercionException wrong) {
      return new PlanException(path, shown(tree.at(place), path), fitting(wrong.getTargetType()));
    }
    return switch (e) {
      case UnrecognizedPropertyException unknown ->
          PlanException.unknownField(
              path,
              unknown.getKnownPropertyIds().stream()
                  .map(String::valueOf)
                  .sorted()
                  .collect(Collectors.joining(", ")));
      case MismatchedInputException wrong ->
          new PlanException(
              owner(path), shown(tree.at(place), path), expected(wrong.getTargetType()));
      default -> throw new IllegalStateException("plan: " + path, e);
    };
  }

  /** Else a plan with {@code level} would be told that it has no levels. */
  static void refuseUnknown(JsonNode tree) {
    List<String> known = names(PlanForm.class).sorted().toList();
    tree.properties()
        .forEach(
            field -> {
              if (!known.contains(field.getKey())) {
                throw PlanException.unknownField(field.getKey(), String.join(", ", known));
              }
            });
  }

  private static JsonPointer place(JsonMappingException e) {
    JsonPointer place = JsonPointer.empty();
    for (JsonMappingException.Reference step : e.getPath()) {
      place =
          step.getFieldName() == null
              ? place.appendIndex(step.getIndex())
              : place.appendProperty(step.getFieldName());
    }
    return place;
  }

  static String path(JsonPointer place) {
    StringBuilder path = new StringBuilder();
    for (JsonPointer step = place; !step.matches(); step = step.tail()) {
      path.append(
          step.mayMatchElement()
              ? "[" + step.getMatchingIndex() + "]"
              : (path.isEmpty() ? "" : ".") + step.getMatchingProperty());
    }
    return path.toString();
  }

  private static String owner(String path) {
    return path.isEmpty() ? "the plan" : path;
  }

  /** Headers and settings may be secret. */
  private static String shown(JsonNode value, String path) {
    if (value.isContainerNode()) {
      return value.isArray() ? "a list" : "a mapping";
    }
    return path.matches(".*\\.(headers|env)(\\..*)?")
        ? Redaction.HIDDEN
        : String.valueOf(Redaction.shown(path, value.toString()));
  }

  private static String fitting(@Nullable Class<?> type) {
    return "a whole number of at most "
        + (type == int.class || type == Integer.class ? Integer.MAX_VALUE : Long.MAX_VALUE);
  }

  private static String expected(@Nullable Class<?> type) {
    return switch (type) {
      case null -> "another value";
      case Class<?> t when t == Integer.class || t == Long.class -> "a whole number";
      case Class<?> t when t == Double.class -> "a number";
      case Class<?> t when t == Boolean.class -> "true or false";
      case Class<?> t when t == Duration.class -> "a duration such as 30s";
      case Class<?> t when t == Percentage.class -> "a share such as 1%";
      case Class<?> t when t == Warmup.class -> Warmup.EXPECTED;
      case Class<?> t when t == ErrorLimit.class -> "a share such as 2%, or off";
      case Class<?> t when t == Arrival.class -> Arrival.EXPECTED;
      case Class<?> t when Collection.class.isAssignableFrom(t) -> "a list";
      case Class<?> t when Map.class.isAssignableFrom(t) || t == ObjectNode.class ->
          "a mapping of names to values";
      case Class<?> t when t.isRecord() -> "a mapping with some of " + fields(t);
      case Class<?> _ -> "a text";
    };
  }

  private static String fields(Class<?> record) {
    return names(record).collect(Collectors.joining(", "));
  }

  private static Stream<String> names(Class<?> record) {
    return Arrays.stream(record.getRecordComponents())
        .map(RecordComponent::getName)
        .map(NAMES::translate);
  }

  private PlanMistake() {}
}
