package io.streamgauge.agent.metrics;

import java.util.function.ObjDoubleConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Prometheus' text format (0.0.4, and 1.0.0 with plain names): {@code NAME{LABEL="VALUE",…}
 * NUMBER [TIMESTAMP]} a line. Labels are checked and skipped: a histogram's sum and count are
 * series by their own names, and whoever wants a total wants it over all labels.
 */
final class MetricsPage {
  /** No engine writes longer lines; what does is no metrics page. */
  private static final int LONGEST_LINE = 65_536;

  /** A value, and a time stamp perhaps. */
  private static final Pattern VALUE = Pattern.compile("[ \t]*(\\S+)([ \t]+-?\\d{1,19})?");

  private static final String EXPECTED = "NAME{LABELS} NUMBER";

  private final String line;
  private final int number;
  private int at;

  private MetricsPage(String line, int number) {
    this.line = line;
    this.number = number;
  }

  /**
   * Tells every series of the page and its value, which may be infinite or not a number.
   *
   * @throws MalformedMetricsException when it is not in the format; some series may have been told
   */
  static void read(String page, ObjDoubleConsumer<String> series) {
    int number = 0;
    for (int start = 0; start < page.length(); ) {
      int end = page.indexOf('\n', start);
      end = end < 0 ? page.length() : end;
      number++;
      if (end - start > LONGEST_LINE) {
        throw new MalformedMetricsException(
            number, page.substring(start, end), "at most %d characters".formatted(LONGEST_LINE));
      }
      String line = page.substring(start, end).strip();
      if (!line.isEmpty() && line.charAt(0) != '#') {
        new MetricsPage(line, number).line(series);
      }
      start = end + 1;
    }
  }

  private void line(ObjDoubleConsumer<String> series) {
    String name = name(true);
    if (peek() == '{') {
      labels();
    }
    Matcher rest = VALUE.matcher(line.substring(at));
    if (!rest.matches()) {
      throw malformed();
    }
    series.accept(name, value(rest.group(1)));
  }

  /** Letters, digits and underscores; of a series colons too. */
  private String name(boolean ofSeries) {
    int start = at;
    while (at < line.length() && named(line.charAt(at), at > start, ofSeries)) {
      at++;
    }
    if (at == start) {
      throw malformed();
    }
    return line.substring(start, at);
  }

  private static boolean named(char c, boolean digits, boolean colons) {
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    return letter || (colons && c == ':') || (digits && c >= '0' && c <= '9');
  }

  private void labels() {
    at++;
    blanks();
    while (peek() != '}') {
      name(false);
      blanks();
      take('=');
      blanks();
      quoted();
      blanks();
      if (peek() != '}') {
        take(',');
        blanks();
      }
    }
    at++;
  }

  private void quoted() {
    take('"');
    while (peek() != '"') {
      at += peek() == '\\' ? 2 : 1;
    }
    at++;
  }

  private void blanks() {
    while (peek() == ' ' || peek() == '\t') {
      at++;
    }
  }

  private void take(char expected) {
    if (peek() != expected) {
      throw malformed();
    }
    at++;
  }

  /** A line has an end only where its value may be. */
  private char peek() {
    if (at >= line.length()) {
      throw malformed();
    }
    return line.charAt(at);
  }

  private double value(String text) {
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        if (!text.matches("[-+]?(\\d{1,40}(\\.\\d{0,40})?|\\.\\d{1,40})([eE][-+]?\\d{1,3})?")) {
          throw malformed();
        }
        yield Double.parseDouble(text);
      }
    };
  }

  private MalformedMetricsException malformed() {
    return new MalformedMetricsException(number, line, EXPECTED);
  }
}
