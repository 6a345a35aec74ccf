package io.streamgauge.controller.api;

/** Prometheus' text format 0.0.4, one family of samples after the other. */
final class Exposition {
  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder text = new StringBuilder();
  private String family = "";

  /** Begins a family; {@code type} is gauge, counter or summary. */
  Exposition family(String name, String type, String help) {
    family = name;
    text.append("# HELP %s %s\n# TYPE %s %s\n".formatted(name, help, name, type));
    return this;
  }

  /** A sample of the family; {@code labels} are names and values in turn. */
  Exposition sample(Number value, String... labels) {
    return suffixed("", value, labels);
  }

  /** A sample of the family under its name and {@code suffix}, as summaries have them. */
  Exposition suffixed(String suffix, Number value, String... labels) {
    text.append(family).append(suffix);
    for (int i = 0; i < labels.length; i += 2) {
      text.append(i == 0 ? '{' : ',')
          .append(labels[i])
          .append("=\"")
          .append(escaped(labels[i + 1]))
          .append('"');
    }
    text.append(labels.length == 0 ? " " : "} ").append(number(value)).append('\n');
    return this;
  }

  /** A family of one sample. */
  Exposition gauge(String name, String help, Number value) {
    return family(name, "gauge", help).sample(value);
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static String number(Number value) {
    return value instanceof Long || value instanceof Integer
        ? value.toString()
        : Double.toString(value.doubleValue());
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
