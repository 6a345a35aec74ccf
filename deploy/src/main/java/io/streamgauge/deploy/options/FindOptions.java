package io.streamgauge.deploy.options;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Durations;
import io.streamgauge.common.plan.Find;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.load.LoadKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code run} that have the most load sought. */
final class FindOptions {
  @Option(
      names = "--find",
      paramLabel = "KIND",
      description =
          "Seek the most load that keeps the objectives of --slo, as an interval: rate or"
              + " concurrency, from --rate or --concurrency (1) upwards. --requests and --duration"
              + " bound each level; without them it is a tenth of --within.")
  @Nullable String find;

  @Option(
      names = "--within",
      paramLabel = "TIME",
      description = "Of --find: how long it may take. Default: 20m.")
  @Nullable String within;

  Optional<LoadKind> sought() {
    return Optional.ofNullable(find)
        .map(
            text ->
                Arrays.stream(LoadKind.values())
                    .filter(kind -> kind.label().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new PlanException("find", text, "rate or concurrency")));
  }

  Plan over(Plan plan) {
    Optional<LoadKind> kind = sought().or(() -> plan.course().find().map(Find::load));
    if (kind.isEmpty()) {
      if (within != null) {
        throw new PlanException("within", within, "none without --find");
      }
      return plan;
    }
    Duration time =
        Optional.ofNullable(within)
            .map(text -> Durations.parse("within", text))
            .or(() -> plan.course().find().map(Find::within))
            .orElse(Find.USUAL);
    return plan.on(plan.course().finding(new Find(kind.get(), time)));
  }
}
