package io.streamgauge.controller.report.console;

import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.plan.load.Load;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.SloCheck;
import io.streamgauge.controller.result.error.ClientErrors;
import io.streamgauge.controller.result.error.MetricError;
import io.streamgauge.controller.result.finding.FindingCode;
import io.streamgauge.controller.result.metrics.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a level comes to: whether its numbers hold, which do not, what was met, what limits it. */
final class LevelVerdict {
  static final String VALID = "valid";

  private static final String THROUGHPUT = "throughput";

  static List<String> of(LevelResult level) {
    List<String> words = new ArrayList<>();
    words.add(validity(level));
    Metrics.Requests requests = level.metrics().requests();
    if (requests.total() > 0) {
      words.add(failures(requests.failed(), requests.total()));
    }
    objectives(level.slo()).ifPresent(words::add);
    Limit.of(level).ifPresent(words::add);
    return words;
  }

  /** By metric, because a client that is late for one may be in time for another. */
  static String validity(LevelResult level) {
    if (level.finding(FindingCode.NOTHING_MEASURED).isPresent()) {
      return "NOT VALID: nothing was measured";
    }
    if (level.finding(FindingCode.STOPPED_EARLY).isPresent()) {
      return "NOT VALID: these are the numbers of a part of the level";
    }
    String spoilt = named(level, false);
    if (level.validity().valid()) {
      return spoilt.isEmpty() ? VALID : VALID + ", but " + spoilt + " may be the client's";
    }
    String held = named(level, true);
    return spoilt.isEmpty()
        ? "NOT VALID: these numbers measure the client, not the server"
        : "NOT VALID for %s: there the client was measured, not the server%s"
            .formatted(spoilt, held.isEmpty() ? "" : "; " + held + " hold");
  }

  private static String named(LevelResult level, boolean valid) {
    return shown(level).stream()
        .filter(name -> holds(level, name).filter(holds -> holds == valid).isPresent())
        .map(Name::label)
        .collect(Collectors.joining(", "));
  }

  /** As the result names it, and as people do. */
  private record Name(String key, String label) {}

  /** Those that are looked at first; of the two origins the one that is judged. */
  private static List<Name> shown(LevelResult level) {
    Load load = level.load().load();
    return Stream.concat(
            Stream.of(Metric.TTFT, Metric.ITL, Metric.TPOT, Metric.E2E)
                .map(metric -> SloCheck.judged(metric, load))
                .map(metric -> new Name(ClientErrors.name(metric), metric.label())),
            Stream.of(new Name(THROUGHPUT, THROUGHPUT)))
        .toList();
  }

  private static Optional<Boolean> holds(LevelResult level, Name name) {
    return Optional.ofNullable(level.validity().metrics().get(name.key)).map(MetricError::valid);
  }

  static String failures(long failed, long all) {
    return failed == 0 ? "no request failed" : "%d of %d requests failed".formatted(failed, all);
  }

  static Optional<String> objectives(List<SloCheck> checks) {
    long met = checks.stream().filter(SloCheck::met).count();
    return checks.isEmpty()
        ? Optional.empty()
        : Optional.of(
            met == checks.size()
                ? "objectives met"
                : "%d of %d objectives MISSED".formatted(checks.size() - met, checks.size()));
  }

  private LevelVerdict() {}
}
