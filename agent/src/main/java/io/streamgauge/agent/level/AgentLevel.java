package io.streamgauge.agent.level;

import io.streamgauge.agent.calibrate.Calibration;
import io.streamgauge.agent.client.KeyVariable;
import io.streamgauge.agent.link.Heartbeat;
import io.streamgauge.agent.load.EncodedPrompts;
import io.streamgauge.agent.load.LaneReport;
import io.streamgauge.agent.load.LaneTask;
import io.streamgauge.agent.load.LaneVerticle;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.message.AgentCommand.Prepare;
import io.streamgauge.common.message.AgentCommand.Start;
import io.streamgauge.common.message.AgentEvent.Early;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An agent's share of one level, from its preparation to its end. On the agent's context. */
final class AgentLevel {
  private static final Logger log = LoggerFactory.getLogger(AgentLevel.class);

  private final Context context;
  private final LevelEvents events;
  private final Heartbeat heartbeat;
  private final LevelReports reports;
  private final Lanes lanes;
  private final LevelSetup setup;
  private final Promise<Void> over = Promise.promise();
  private Optional<Early> early = Optional.empty();
  private Optional<LevelStart> began = Optional.empty();
  private Optional<Outcome> halted = Optional.empty();
  private boolean noMore;
  private boolean finished;
  private boolean failed;
  private boolean closed;

  AgentLevel(
      Vertx vertx,
      Context context,
      String agent,
      Heartbeat heartbeat,
      Future<Void> warm,
      Calibration calibration,
      Prepare order,
      List<Prompt> prompts) {
    Optional<String> apiKey = KeyVariable.of(order.target());
    this.context = context;
    this.events = new LevelEvents(order, agent);
    this.heartbeat = heartbeat;
    this.reports = new LevelReports(vertx, events, this::open, () -> guarded(this::finishWhenDone));
    this.lanes =
        new Lanes(vertx, LaneTask.all(order, agent, apiKey).stream().map(this::lane).toList());
    this.setup = new LevelSetup(vertx, warm, calibration, events, apiKey, prompts, lanes);
  }

  private LaneVerticle lane(LaneTask task) {
    return new LaneVerticle(
        task,
        report -> context.runOnContext(_ -> guarded(() -> take(report))),
        error -> context.runOnContext(_ -> bug(task, error)));
  }

  String runId() {
    return events.run();
  }

  String name() {
    return events.level();
  }

  /** Completes when the level is delivered or given up. */
  Future<Void> over() {
    return over.future();
  }

  void prepare() {
    setup
        .run(heartbeat)
        .compose(reports::deliver)
        .onFailure(error -> fail("cannot prepare level " + name() + ": " + error.getMessage()));
  }

  /** Why it takes no order to start any more. */
  Optional<String> refusal() {
    return closed
        ? Optional.of(
            "level %s is over here%s"
                .formatted(name(), early.map(end -> ": " + end.reason()).orElse("")))
        : failed ? Optional.of("level %s has failed here".formatted(name())) : Optional.empty();
  }

  /**
   * Maps the start instant to this machine's monotonic clock, once, and starts every lane there.
   *
   * @throws IllegalStateException when the controller's clock is not known
   */
  void start(Start start) {
    if (began.isPresent()) {
      return;
    }
    LevelStart at = LevelStart.of(start.at(), heartbeat);
    began = Optional.of(at);
    reports.begin();
    setup
        .encoded(start.model())
        .onSuccess(prompts -> begin(prompts, start.ownEngine(), at))
        .onFailure(error -> bug("level " + name(), error));
  }

  private void begin(EncodedPrompts prompts, boolean ownEngine, LevelStart at) {
    if (open() && !failed) {
      lanes.begin(prompts, ownEngine, at.at());
      if (noMore) {
        lanes.startNoMore();
      }
      halted.ifPresent(lanes::halt);
    }
  }

  /**
   * Stops the load; what is in flight ends with that outcome. A level that never started is over at
   * once.
   */
  void halt(Outcome inFlight) {
    if (began.isPresent()) {
      halted = Optional.of(halted.orElse(inFlight));
      lanes.halt(inFlight);
    } else {
      close();
    }
  }

  /** Starts no more; what is in flight ends by itself. */
  void startNoMore() {
    noMore = true; // also for lanes whose prompts are still being encoded
    lanes.startNoMore();
  }

  /**
   * Stops the load of a level that the controller did not end; what was measured is still
   * delivered.
   */
  void end(String reason) {
    if (early.isEmpty() && open()) {
      early = Optional.of(new Early(reason, began.map(LevelStart::ago).orElse(Duration.ZERO)));
      halt(Outcome.CANCELLED);
    }
  }

  private void take(LaneReport report) {
    reports.take(report);
    finishWhenDone();
  }

  private void finishWhenDone() {
    if (began.isPresent() && !finished && !failed && reports.complete(lanes.count())) {
      finished = true;
      reports
          .finish(began.get(), heartbeat, () -> early)
          .onSuccess(_ -> close())
          .onFailure(
              error -> {
                if (open()) { // what was given up is not to be delivered
                  bug("the end of level " + name(), error);
                }
              });
    }
  }

  /** Whatever is thrown here, the controller hears of the level's end. */
  private void guarded(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException error) {
      bug("level " + name(), error);
    }
  }

  private void bug(Object part, Throwable error) {
    log.error("{} broke", part, error);
    fail("a bug in %s: %s (stack trace in the agent's log)".formatted(part, error));
  }

  private void fail(String reason) {
    if (open() && !failed) {
      failed = true;
      lanes.halt(Outcome.CANCELLED);
      reports.deliver(events.failed(reason)).onComplete(_ -> close());
    }
  }

  private boolean open() {
    return !closed;
  }

  /** Gives up what nobody takes, and says what is lost. */
  void giveUp() {
    if (open()) {
      log.warn(
          "the controller has not carried run {} for ten minutes: {} records of level {} are lost",
          runId(),
          reports.left(),
          name());
      close();
    }
  }

  /** Gives up what is left of the level. */
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    reports.close();
    lanes.close();
    over.tryComplete();
  }
}
