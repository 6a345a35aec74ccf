package io.streamgauge.controller.page;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the report and the live page have in common: the library of their charts, and the look. */
public final class Look {
  private static final String PLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/uPlot";
  private static final String OWN = "/io/streamgauge/";

  public static String library() {
    return Shipped.text(PLOT + ".iife.min.js");
  }

  /** The common style, with {@code more} of ours behind it. */
  public static String style(String... more) {
    return Shipped.text(PLOT + ".min.css")
        + all(Stream.concat(Stream.of("report/report.css"), Stream.of(more)));
  }

  /** The common scripts, with {@code more} of ours behind them. */
  public static String script(String... more) {
    return all(Stream.concat(Stream.of("report/dom.js", "report/charts.js"), Stream.of(more)));
  }

  private static String all(Stream<String> names) {
    return names.map(name -> Shipped.text(OWN + name)).collect(Collectors.joining());
  }

  private Look() {}
}
