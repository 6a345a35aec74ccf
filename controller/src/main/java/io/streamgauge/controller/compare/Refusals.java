package io.streamgauge.controller.compare;

import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.controller.compare.MeasuredRun.MeasuredLevel;
import io.streamgauge.controller.compare.stat.Lengths;
import io.streamgauge.controller.result.finding.Finding;
import io.streamgauge.controller.result.finding.FindingCode;
import io.streamgauge.controller.result.metrics.Metrics.Requests;
import io.streamgauge.controller.stats.Shares;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why two sides cannot be compared, each reason in a line. */
final class Refusals {
  private static final double MOST_ERRORS_APART = 0.01;
  private static final double MOST_INPUT_APART = 0.01;
  private static final int HASH_SHOWN = 12;

  private final Side base;
  private final Side other;
  private final List<String> reasons = new ArrayList<>();

  private Refusals(Side base, Side other) {
    this.base = base;
    this.other = other;
  }

  static List<String> of(Side base, Side other, List<String> levels) {
    Refusals refusals = new Refusals(base, other);
    Stream.concat(base.runs().stream(), other.runs().stream()).forEach(refusals::unfinished);
    refusals.mixed();
    refusals.apart("model", side -> side.runs().stream().map(run -> run.result().run().model()));
    if (levels.isEmpty()) {
      refusals.reasons.add(
          "levels: %s in base, %s in new, none on both sides"
              .formatted(base.levels(), other.levels()));
    }
    levels.forEach(refusals::level);
    return List.copyOf(refusals.reasons);
  }

  private void unfinished(MeasuredRun run) {
    RunStatus status = run.result().run().status();
    if (status != RunStatus.COMPLETED) {
      reasons.add("%s: %s".formatted(run.name(), status.label()));
    }
    run.result().levels().stream()
        .filter(level -> !level.validity().valid())
        .forEach(
            level ->
                reasons.add(
                    "%s: level %s is void: %s"
                        .formatted(
                            run.name(),
                            level.name(),
                            level.validity().findings().stream()
                                .filter(one -> one.severity() == Finding.Severity.VOID)
                                .map(one -> one.code().label() + ": " + one.message())
                                .collect(Collectors.joining("; ")))));
  }

  /** Repeats are of one thing. */
  private void mixed() {
    for (Side side : List.of(base, other)) {
      List<String> backends =
          side.runs().stream().map(run -> run.result().run().backend()).distinct().toList();
      if (backends.size() > 1) {
        reasons.add(
            "%s: runs of several backends: %s".formatted(side.name(), String.join(", ", backends)));
      }
    }
  }

  private void apart(String what, Function<Side, Stream<String>> told) {
    String before = told.apply(base).distinct().sorted().collect(Collectors.joining(" and "));
    String after = told.apply(other).distinct().sorted().collect(Collectors.joining(" and "));
    if (!before.equals(after) || before.contains(" and ")) {
      reasons.add("%s: %s in base, %s in new".formatted(what, before, after));
    }
  }

  private void level(String level) {
    List<MeasuredLevel> before = base.level(level);
    List<MeasuredLevel> after = other.level(level);
    properties(
        level,
        Map.of(
            "workload",
            one -> {
              String hash = one.result().validity().workload();
              String digits = hash.substring(hash.indexOf(':') + 1);
              return digits.substring(0, Math.min(HASH_SHOWN, digits.length()));
            },
            "cache state",
            one -> one.result().metrics().cacheState().label(),
            "output tokens counted by",
            one ->
                one.result().finding(FindingCode.TOKENS_NOT_COUNTED).isPresent()
                    ? "chunks"
                    : "server"));
    tokenizer(level, before, after);
    long[] a = lengths(before);
    long[] b = lengths(after);
    if (Lengths.differ(a, b)) {
      reasons.add(
          String.format(
              Locale.ROOT,
              "output lengths of %s: mean %.1f tokens in base, %.1f in new, distance of their"
                  + " distributions %.2f",
              level,
              mean(a),
              mean(b),
              Lengths.distance(a, b)));
    }
    double errorsBefore = errors(before);
    double errorsAfter = errors(after);
    if (Math.abs(errorsBefore - errorsAfter) > MOST_ERRORS_APART) {
      reasons.add(
          "error rate of %s: %s in base, %s in new"
              .formatted(level, Shares.percent(errorsBefore), Shares.percent(errorsAfter)));
    }
  }

  private void properties(String level, Map<String, Function<MeasuredLevel, String>> properties) {
    properties.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            property ->
                apart(
                    property.getKey() + " of " + level,
                    side -> side.level(level).stream().map(property.getValue())));
  }

  /** The same prompts are as long on both sides, where the same tokens are counted. */
  private void tokenizer(String level, List<MeasuredLevel> before, List<MeasuredLevel> after) {
    Map<String, Long> a = inputs(before);
    Map<String, Long> b = inputs(after);
    a.keySet().retainAll(b.keySet());
    long countedBefore = a.values().stream().mapToLong(tokens -> tokens).sum();
    long countedAfter = a.keySet().stream().mapToLong(id -> b.getOrDefault(id, 0L)).sum();
    if (Math.abs(countedAfter - countedBefore) > MOST_INPUT_APART * countedBefore) {
      reasons.add(
          "tokenizer of %s: the same %d prompts are %d tokens in base, %d in new"
              .formatted(level, a.size(), countedBefore, countedAfter));
    }
  }

  private static Map<String, Long> inputs(List<MeasuredLevel> side) {
    Map<String, Long> inputs = new HashMap<>();
    answers(side)
        .filter(one -> one.inputTokens() != RequestRecord.NONE)
        .forEach(one -> inputs.putIfAbsent(one.promptId(), one.inputTokens()));
    return inputs;
  }

  private static Stream<Answer> answers(List<MeasuredLevel> side) {
    return side.stream().flatMap(level -> level.answers().stream());
  }

  private static long[] lengths(List<MeasuredLevel> side) {
    return answers(side).mapToLong(Answer::outputTokens).toArray();
  }

  private static double mean(long... lengths) {
    return Arrays.stream(lengths).average().orElse(0);
  }

  private static double errors(List<MeasuredLevel> side) {
    long failed = side.stream().mapToLong(one -> requests(one).failed()).sum();
    long answered = side.stream().mapToLong(one -> requests(one).successful()).sum();
    return failed + answered == 0 ? 0 : (double) failed / (failed + answered);
  }

  private static Requests requests(MeasuredLevel level) {
    return level.result().metrics().requests();
  }
}
