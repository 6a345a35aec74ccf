package io.streamgauge.controller.cli;

import io.streamgauge.common.dataset.summary.Arrivals;
import io.streamgauge.common.json.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** When requests come, as {@code dataset show} prints it. */
final class ArrivalLines {
  static List<String> of(Arrivals arrivals) {
    List<String> lines = new ArrayList<>();
    lines.add(
        DatasetDescription.label(
            "Arrivals",
            String.format(
                Locale.ROOT,
                "over %s, %s on average, CV of gaps %.2f, ties %.1f %%",
                time(arrivals.nanos()),
                rate(arrivals.rate()),
                arrivals.cv(),
                100 * arrivals.ties())));
    List<Bars.Bar> bars = new ArrayList<>();
    for (long count : arrivals.counts()) {
      bars.add(
          new Bars.Bar(
              "from " + time(bars.size() * arrivals.binNanos()),
              rate(count / (arrivals.binNanos() / 1e9)),
              count));
    }
    lines.addAll(Bars.of(bars));
    return lines;
  }

  private static String rate(double perSecond) {
    return String.format(
        Locale.ROOT, perSecond == 0 || perSecond >= 0.1 ? "%.2f/s" : "%.2g/s", perSecond);
  }

  /** To a millisecond, with the largest units first: 1h 2m 3.5s. */
  private static String time(long nanos) {
    Duration time = Duration.ofMillis(Math.round(nanos / 1e6));
    if (time.compareTo(Duration.ofMinutes(1)) < 0) {
      return Durations.format(time);
    }
    StringBuilder text = new StringBuilder();
    append(text, time.toDays(), "d");
    append(text, time.toHoursPart(), "h");
    append(text, time.toMinutesPart(), "m");
    append(text, time.toSecondsPart(), "s");
    return text.toString().strip();
  }

  private static void append(StringBuilder text, long count, String unit) {
    if (count > 0) {
      text.append(count).append(unit).append(' ');
    }
  }

  private ArrivalLines() {}
}
