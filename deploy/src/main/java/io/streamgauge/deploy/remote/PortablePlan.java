package io.streamgauge.deploy.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.PlanFile;
import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.OpenLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A plan that can be sent away: the prompts of its dataset file and the due times of its replay
 * files are in it, since the controller's host need not have the files.
 */
public final class PortablePlan {
  /**
   * The plan as JSON.
   *
   * @throws io.streamgauge.common.PlanException when it, or a file that it names, is wrong
   */
  public static byte[] of(Path file) throws IOException {
    Plan checked = PlanFile.read(file);
    String text = Files.readString(file);
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    JsonNode tree =
        (plain.stripLeading().startsWith("{") ? Json.MAPPER : Json.YAML).readTree(plain);
    if (tree instanceof ObjectNode plan) {
      Optional<String> dataset = checked.workload().dataset().file();
      if (dataset.isPresent()) {
        plan.set(
            "dataset",
            Json.MAPPER.valueToTree(
                checked.workload().dataset().inlined(Path.of(dataset.get()), checked.replays())));
      }
      for (int i = 0; i < checked.levels().size(); i++) {
        if (plan.path("levels").path(i) instanceof ObjectNode level) {
          replay(checked.levels().get(i)).ifPresent(times -> level.set("arrival", times));
        }
      }
    }
    return Json.MAPPER.writeValueAsBytes(tree);
  }

  private static Optional<JsonNode> replay(Level level) {
    return level.load() instanceof OpenLoop open && open.arrival() instanceof Arrival.Replay times
        ? Optional.of(Json.MAPPER.valueToTree(times))
        : Optional.empty();
  }

  private PortablePlan() {}
}
