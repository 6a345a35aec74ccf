package io.streamgauge.common.plan;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Json;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * What a plan's text may ask of those who read it. It is looked through for size, depth, names and
 * numbers before any value is made of it, since a text of some megabytes can be minutes of work: a
 * hexadecimal number, half a million names, brackets in brackets.
 */
final class PlanTextLimits {
  private static final int LONGEST_JSON = 64 << 20;
  private static final int LONGEST_YAML = 3 << 20;

  /** A YAML reader's work grows with the square of what is on a line. */
  private static final int LONGEST_LINE = 256 << 10;

  private static final int DEEPEST = 24;
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_NUMBER = 100;
  private static final int MOST_NAMES = 500;
  private static final int MOST_LEVELS = 1_000;
  private static final int MOST_IN_JSON = 3_000_000;
  private static final int MOST_IN_YAML = 200_000;

  /** Lists whose every element is much work. */
  private static final Set<String> SHORT = Set.of("levels", "backends");

  private static final Pattern NUMBER = Pattern.compile("[-+.0-9][-+.:_0-9a-fA-FxXoO]*+");

  /** A mapping or a list that is open. */
  private static final class Frame {
    private final boolean mapping;
    private final int most;
    private int count;
    private boolean named;

    Frame(boolean mapping, int most) {
      this.mapping = mapping;
      this.most = most;
    }
  }

  private final Deque<Frame> open = new ArrayDeque<>();
  private String name = "";
  private final int most;
  private int values;

  private PlanTextLimits(int most) {
    this.most = most;
  }

  /** Where something is, as messages begin. */
  private interface Place {
    String text();
  }

  /**
   * Looks through a text; what is malformed is left to the reader to tell.
   *
   * @throws PlanException naming line, column and what is too much
   */
  static void check(boolean json, String text) throws IOException {
    int longest = json ? LONGEST_JSON : LONGEST_YAML;
    if (text.length() > longest) {
      throw new PlanException(
          "the plan has %d characters, expected at most %d in %s"
              .formatted(text.length(), longest, json ? "JSON" : "YAML, or JSON"));
    }
    if (json) {
      new PlanTextLimits(MOST_IN_JSON).json(text);
    } else {
      new PlanTextLimits(MOST_IN_YAML).yaml(text);
    }
  }

  private void json(String text) throws IOException {
    try (JsonParser in = Json.MAPPER.createParser(text)) {
      for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
        Place place = () -> at(in.currentTokenLocation());
        switch (token) {
          case START_OBJECT, START_ARRAY -> begin(token == JsonToken.START_OBJECT, place);
          case END_OBJECT, END_ARRAY -> end();
          case FIELD_NAME -> scalar(in.currentName(), false, place);
          default -> scalar(in.getText(), token.isNumeric(), place);
        }
      }
    }
  }

  private void yaml(String text) {
    refuseLongLines(text);
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(LONGEST_YAML);
    int documents = 0;
    ParserImpl in = new ParserImpl(new StreamReader(text), options);
    try {
      while (in.peekEvent() != null) {
        Event event = in.getEvent();
        Place place = () -> at(event.getStartMark());
        if (event instanceof DocumentStartEvent) {
          documents++;
        } else if (documents > 1) {
          throw new PlanException(place.text() + "more text, expected the plan's end");
        }
        switch (event) {
          case AliasEvent alias ->
              throw new PlanException(
                  place.text()
                      + "*%s is an alias, expected the value itself".formatted(alias.getAnchor()));
          case MappingStartEvent start -> {
            refuseTag(start.getTag(), place);
            begin(true, place);
          }
          case SequenceStartEvent start -> {
            refuseTag(start.getTag(), place);
            begin(false, place);
          }
          case ScalarEvent scalar -> {
            refuseTag(scalar.getTag(), place);
            scalar(
                scalar.getValue(),
                scalar.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN,
                place);
          }
          case CollectionEndEvent _ -> end();
          default -> {}
        }
      }
    } catch (YAMLException _) {
      // The reader says what is malformed, and stops there too.
    }
  }

  private static void refuseLongLines(String text) {
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == '\n' || text.charAt(i) == '\r') {
        if (i - start > LONGEST_LINE) {
          throw new PlanException(
              "a line of %d characters, expected at most %d in YAML, or JSON"
                  .formatted(i - start, LONGEST_LINE));
        }
        start = i + 1;
      }
    }
  }

  private static void refuseTag(@Nullable String tag, Place place) {
    if (tag != null && !tag.equals("!") && !tag.equals(Tag.STR.getValue())) {
      throw new PlanException(
          place.text() + "%s is a tag, expected values without one".formatted(shown(tag)));
    }
  }

  private void begin(boolean mapping, Place place) {
    String owner = name;
    if (value(place)) {
      throw new PlanException(place.text() + "a list or mapping as a name, expected a text");
    }
    if (open.size() >= DEEPEST) {
      throw new PlanException(
          place.text() + "a list or mapping in %d others, expected fewer".formatted(DEEPEST));
    }
    boolean few = !mapping && open.size() == 1 && SHORT.contains(owner);
    open.push(new Frame(mapping, mapping ? MOST_NAMES : few ? MOST_LEVELS : most));
  }

  private void end() {
    open.pop();
  }

  private void scalar(String text, boolean plain, Place place) {
    if (value(place)) {
      if (text.length() > LONGEST_NAME) {
        throw new PlanException(
            place.text()
                + "a name of %d characters, expected at most %d"
                    .formatted(text.length(), LONGEST_NAME));
      }
      name = text;
    } else if (plain && text.length() > LONGEST_NUMBER && NUMBER.matcher(text).matches()) {
      throw new PlanException(
          place.text()
              + "a number of %d characters, expected at most %d"
                  .formatted(text.length(), LONGEST_NUMBER));
    }
  }

  /** Counts what comes; true where it is the name of what comes next. */
  private boolean value(Place place) {
    if (++values > most) {
      throw new PlanException(
          place.text() + "more than %d names and values, expected fewer".formatted(most));
    }
    Frame frame = open.peek();
    if (frame == null) {
      return false;
    }
    if (frame.mapping && frame.named) {
      frame.named = false;
      return false;
    }
    frame.named = frame.mapping;
    if (++frame.count > frame.most) {
      throw new PlanException(
          place.text()
              + "more than %d %s, expected fewer"
                  .formatted(
                      frame.most, frame.mapping ? "names in a mapping" : "values in a list"));
    }
    return frame.mapping;
  }

  private static String shown(String text) {
    return text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME) + "…";
  }

  private static String at(Mark mark) {
    return "line %d, column %d: ".formatted(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static String at(JsonLocation location) {
    return "line %d, column %d: ".formatted(location.getLineNr(), location.getColumnNr());
  }
}
