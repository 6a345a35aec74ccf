package io.streamgauge.deploy.options;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.plan.Backend;
import io.streamgauge.common.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code run} that say what is held against what, and how often. */
final class RepeatOptions {
  @Option(
      names = "--repeats",
      paramLabel = "N",
      description =
          "Run each backend or variant N times, interleaved, an engine started anew each time, and"
              + " compare all with the first one in the end. Default: 1.")
  @Nullable Integer repeats;

  @Option(
      names = "--variant",
      paramLabel = "NAME:KEY=VALUE[,KEY=VALUE...]",
      description =
          "The engine with these settings, under that name; repeatable. The first one is what the"
              + " others are compared with.")
  List<String> variants = new ArrayList<>();

  Plan over(Plan plan) {
    Plan varied = variants.isEmpty() ? plan : plan.withBackends(varied(plan.backends()));
    return repeats == null ? varied : varied.on(varied.course().repeated(repeats));
  }

  private List<Backend> varied(List<Backend> backends) {
    if (backends.size() != 1 || !(backends.getFirst() instanceof Backend.Managed engine)) {
      throw new PlanException(
          "variant",
          variants.getFirst(),
          "one engine that the tool starts, such as --backend vllm");
    }
    return variants.stream().map(text -> variant(text, engine)).toList();
  }

  private static Backend variant(String text, Backend.Managed engine) {
    int colon = text.indexOf(':');
    if (colon < 1) {
      throw new PlanException("variant", text, "NAME:KEY=VALUE[,KEY=VALUE...]");
    }
    EngineChoice settings = new EngineChoice();
    settings.set = parts(text.substring(colon + 1));
    Backend.Managed varied = (Backend.Managed) settings.over(List.of(engine)).getFirst();
    return new Backend.Managed(
        text.substring(0, colon),
        varied.engine(),
        varied.settings(),
        varied.model(),
        varied.options());
  }

  /** At commas, but for those within the brackets of a list. */
  private static List<String> parts(String text) {
    return text.isBlank() ? List.of() : List.of(text.split(",(?![^\\[]*\\])"));
  }
}
