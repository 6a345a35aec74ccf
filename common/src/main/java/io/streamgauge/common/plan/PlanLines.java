package io.streamgauge.common.plan;

import com.fasterxml.jackson.core.JsonParser;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Json;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where in a plan's text a mistake is, for who writes it in an editor. */
public final class PlanLines {
  private static final Pattern TOLD = Pattern.compile("\\bline (\\d{1,9}), column ");

  /** The mistake with its line, which is that of its owner where the field itself is missing. */
  public static PlanException place(String text, PlanException wrong) {
    return wrong
        .field()
        .map(field -> find(text, field))
        .orElseGet(() -> told(wrong))
        .map(wrong::at)
        .orElse(wrong);
  }

  /** Of a text that cannot be read as a plan. */
  private static Optional<Integer> told(PlanException wrong) {
    Matcher line = TOLD.matcher(String.valueOf(wrong.getMessage()));
    return line.find() ? Optional.of(Integer.valueOf(line.group(1))) : Optional.empty();
  }

  private static Optional<Integer> find(String text, String field) {
    String best = "";
    int line = 0;
    try (JsonParser parser =
        (text.stripLeading().startsWith("{") ? Json.MAPPER : Json.YAML).createParser(text)) {
      while (parser.nextToken() != null) {
        String path = PlanMistake.path(parser.getParsingContext().pathAsPointer());
        if (path.length() > best.length() && leadsTo(path, field)) {
          best = path;
          line = parser.currentTokenLocation().getLineNr();
        }
      }
    } catch (IOException _) {
      // The mistake is in what could be read.
    }
    return line > 0 ? Optional.of(line) : Optional.empty();
  }

  private static boolean leadsTo(String path, String field) {
    return field.equals(path) || field.startsWith(path + ".") || field.startsWith(path + "[");
  }

  private PlanLines() {}
}
