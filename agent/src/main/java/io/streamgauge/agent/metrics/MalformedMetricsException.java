package io.streamgauge.agent.metrics;

/** A page that is not in Prometheus' text format. */
public final class MalformedMetricsException extends RuntimeException {
  MalformedMetricsException(int line, String text, String expected) {
    super("line %d: \"%s\", expected %s".formatted(line, shown(text), expected));
  }

  private static String shown(String text) {
    String plain = text.replaceAll("\\p{Cntrl}", " ");
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
  }

  private static final int LONGEST = 80;
}
