package io.streamgauge.common.dataset.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.dataset.format.Fields;
import io.streamgauge.common.dataset.format.Formats;
import io.streamgauge.common.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** How rows lie in a file. */
enum Layout {
  JSON("json", "JSON"),
  LINES("jsonl", "JSON, a row a line"),
  TEXT("txt", "text, a prompt a line"),
  TABLE("csv", "CSV");

  private static final Pattern ZIPPED = Pattern.compile("\\.gz$");
  private static final Pattern COMMENTS = Pattern.compile("^(?:\\s*//.*\\R)+");

  private final String ending;
  private final String words;

  Layout(String ending, String words) {
    this.ending = ending;
    this.words = words;
  }

  String words() {
    return words;
  }

  RowSource open(InputStream in) throws IOException {
    return switch (this) {
      case JSON -> new JsonRows(in);
      case LINES -> new LineRows(in, true);
      case TEXT -> new LineRows(in, false);
      case TABLE -> new TableRows(in);
    };
  }

  /** The layout whose usual ending this is. */
  static Optional<Layout> named(String ending) {
    for (Layout layout : values()) {
      if (layout.ending.equals(ending)) {
        return Optional.of(layout);
      }
    }
    return Optional.empty();
  }

  /** The content decides; where it may be more than one, the file's ending does. */
  static Layout of(String head, String file, Map<String, String> names) {
    Optional<Layout> ending = ending(file);
    String text = (ending.equals(Optional.of(TEXT)) ? head : uncommented(head)).stripLeading();
    String first = text.lines().findFirst().orElse("");
    boolean prose = ending.equals(Optional.of(TEXT)) && !isJson(first);
    if (!prose && (text.startsWith("{") || text.startsWith("\""))) {
      boolean lines =
          ending.equals(Optional.of(LINES)) || isJson(first) || first.length() == text.length();
      return lines ? LINES : text.startsWith("{") ? JSON : ending.orElse(TABLE);
    }
    if (text.startsWith("[") && !ending.equals(Optional.of(TEXT))) {
      return JSON;
    }
    return ending.orElseGet(() -> isHeader(first, names) ? TABLE : TEXT);
  }

  /** Without the lines of comment in front of JSON. */
  private static String uncommented(String head) {
    String text = COMMENTS.matcher(head).replaceFirst("").stripLeading();
    return text.startsWith("{") || text.startsWith("[") ? text : head;
  }

  private static Optional<Layout> ending(String file) {
    String name = ZIPPED.matcher(file.toLowerCase(Locale.ROOT)).replaceFirst("");
    String last = name.substring(name.lastIndexOf('.') + 1);
    return last.equals("tsv") ? Optional.of(TABLE) : named(last);
  }

  private static boolean isJson(String line) {
    try {
      Json.MAPPER.readTree(line);
      return true;
    } catch (JsonProcessingException _) {
      return false;
    }
  }

  private static boolean isHeader(String line, Map<String, String> names) {
    ObjectNode row = Json.MAPPER.createObjectNode();
    for (String name : line.split(String.valueOf(TableRows.separator(line)), -1)) {
      row.put(name.strip().replace("\"", ""), "");
    }
    return Formats.of(new Fields(1, row, names, true, new HashSet<>())).isPresent();
  }
}
