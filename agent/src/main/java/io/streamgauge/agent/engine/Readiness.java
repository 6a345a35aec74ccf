package io.streamgauge.agent.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.streamgauge.agent.engine.process.EngineProcess;
import io.streamgauge.agent.engine.process.Patience;
import io.streamgauge.agent.engine.process.PortCheck;
import io.streamgauge.common.json.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Waits until an engine truly serves: its process lives, its health page answers, it lists the
 * model, and it completes one token. Blocks.
 */
final class Readiness {
  /** What is waited for, in this order. */
  enum Step {
    HEALTH("/health"),
    MODELS("/v1/models"),
    COMPLETION("a one-token completion");

    private final String label;

    Step(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  /** Linux takes ports from here on for the near ends of connections. */
  private static final int FIRST_EPHEMERAL_PORT = 32_768;

  private static final Duration PAUSE = Duration.ofMillis(200);

  private final EngineProcess process;
  private final EnginePages pages;
  private final int port;
  private final String model;
  private final Duration limit;
  private final Consumer<Step> waiting;
  private final Map<String, Double> doneAt = new LinkedHashMap<>();

  /**
   * @param port that the engine listens on
   * @param model the name that {@code /v1/models} must list
   * @param limit for all steps together
   * @param waiting hears now and then what is waited for; what it throws ends the wait
   */
  Readiness(
      EngineProcess process,
      EnginePages pages,
      int port,
      String model,
      Duration limit,
      Consumer<Step> waiting) {
    this.process = process;
    this.pages = pages;
    this.port = port;
    this.model = model;
    this.limit = limit;
    this.waiting = waiting;
  }

  /**
   * When each step was done, in s from the start of the wait.
   *
   * @throws EngineFailure when the process ends, serves something else, or takes too long
   */
  Map<String, Double> await() {
    for (Step step : Step.values()) {
      while (!done(step)) {
        check(step);
        Patience.until(PAUSE, () -> !process.running());
      }
      doneAt.put(step.name().toLowerCase(java.util.Locale.ROOT), elapsed().toNanos() / 1e9);
    }
    return doneAt;
  }

  private Duration elapsed() {
    return process.age();
  }

  /**
   * A connection to a port on which nobody listens may be given that very port for its own end, be
   * connected to itself, and keep the port from the engine.
   */
  private boolean nobodyListens() {
    return port >= FIRST_EPHEMERAL_PORT && PortCheck.free(port);
  }

  private boolean done(Step step) {
    if (nobodyListens()) {
      return false;
    }
    Runnable check = () -> check(step);
    return switch (step) {
      case HEALTH -> pages.get("/health", check).filter(page -> page.status() == 200).isPresent();
      case MODELS -> pages.get("/v1/models", check).filter(this::listsModel).isPresent();
      case COMPLETION ->
          pages.post("/v1/completions", question(), check).filter(this::completes).isPresent();
    };
  }

  private void check(Step step) {
    if (!process.running()) {
      throw new EngineFailure(
          "ended before it was ready: " + process.ending(), process.tail().lines());
    }
    if (elapsed().compareTo(limit) > 0) {
      throw new EngineFailure(
          "not ready within ready_timeout %s: %s does not succeed"
              .formatted(Durations.format(limit), step.label()),
          process.tail().lines());
    }
    waiting.accept(step);
  }

  private boolean listsModel(EnginePages.Page page) {
    if (page.status() != 200) {
      return false;
    }
    List<String> names = new ArrayList<>();
    page.json()
        .ifPresent(json -> json.path("data").forEach(one -> names.add(one.path("id").asText())));
    if (!names.isEmpty() && !names.contains(model)) {
      throw new EngineFailure(
          "/v1/models names %s, expected %s".formatted(names, model), process.tail().lines());
    }
    return names.contains(model);
  }

  private String question() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("model", model)
        .put("prompt", "Hello")
        .put("max_tokens", 1)
        .toString();
  }

  /** What the engine refuses it will refuse again; a server's error may pass. */
  private boolean completes(EnginePages.Page page) {
    if (page.status() >= 400 && page.status() < 500 && page.status() != 429) {
      throw new EngineFailure(
          "a one-token completion is answered by HTTP %d: %s"
              .formatted(page.status(), page.start()),
          process.tail().lines());
    }
    Optional<JsonNode> choices = page.json().map(json -> json.path("choices"));
    return page.status() == 200 && choices.filter(list -> !list.isEmpty()).isPresent();
  }
}
