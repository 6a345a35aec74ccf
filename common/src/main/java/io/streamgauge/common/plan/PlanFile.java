package io.streamgauge.common.plan;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Reads plans, strictly: what is not known is an error that names its path. */
public final class PlanFile {

  /**
   * Reads a YAML or JSON plan.
   *
   * @throws PlanException with one line that names the file, the field and what is wrong with it
   */
  public static Plan read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new PlanException("plan", file, "a file that can be read (%s)".formatted(e.toString()));
    }
  }

  /** Reads a plan's text; JSON is YAML too. */
  public static Plan parse(String source, String text) {
    ObjectMapper mapper = text.stripLeading().startsWith("{") ? Json.MAPPER : Json.YAML;
    try {
      Plan plan = mapper.readValue(text, Plan.class);
      if (plan == null) {
        throw new PlanException(source + ": the plan is empty");
      }
      return plan;
    } catch (JacksonException e) {
      throw new PlanException(source + ": " + explain(e));
    }
  }

  private static String explain(JacksonException e) {
    if (e.getCause() instanceof PlanException wrong) {
      return withPath(e, String.valueOf(wrong.getMessage()));
    }
    return switch (e) {
      case UnrecognizedPropertyException unknown ->
          withPath(
              unknown,
              "unknown field, expected one of "
                  + unknown.getKnownPropertyIds().stream()
                      .map(String::valueOf)
                      .sorted()
                      .collect(Collectors.joining(", ")));
      case MismatchedInputException wrong -> withPath(wrong, firstLine(wrong.getOriginalMessage()));
      default ->
          "line %d, column %d: %s"
              .formatted(
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 0 : e.getLocation().getColumnNr(),
                  firstLine(e.getOriginalMessage()));
    };
  }

  private static String withPath(JacksonException e, String message) {
    String path = e instanceof JsonMappingException mapping ? path(mapping) : "";
    return path.isEmpty() ? message : path + ": " + message;
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(
            step ->
                step.getFieldName() != null
                    ? "." + step.getFieldName()
                    : "[" + step.getIndex() + "]")
        .collect(Collectors.joining())
        .replaceFirst("^\\.", "");
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private PlanFile() {}
}
