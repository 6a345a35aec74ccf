package io.streamgauge.controller.observe;

import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.engine.EngineReading;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.message.AgentReply;
import io.streamgauge.common.plan.request.Target;
import io.streamgauge.controller.engine.EngineEvidence;
import io.streamgauge.controller.engine.EngineLog;
import io.streamgauge.controller.fleet.AgentClient;
import io.streamgauge.controller.fleet.Fleet;
import io.streamgauge.controller.wait.Deadline;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has an agent read the target's metrics page while a run goes on: the one that started the engine,
 * else the first that fires load, which reaches the target and may ask it. Whatever goes wrong with
 * it costs the run nothing but these numbers. On the controller's virtual thread.
 */
public final class EngineObserver {
  /** More than an agent takes to empty a cache and read a page. */
  private static final Duration PATIENCE = Duration.ofSeconds(12);

  private static final Duration HURRY = Duration.ofSeconds(2);
  private static final long PAUSE_MILLIS = 20;

  private final Vertx vertx;
  private final Fleet fleet;
  private final AgentClient orders;
  private final String runId;
  private final BooleanSupplier stopped;
  private final Consumer<String> notes;
  private final EngineLog log = new EngineLog();
  private final Set<String> watching = new HashSet<>();
  private Optional<String> host = Optional.empty();
  private @Nullable Target target;
  private Optional<String> agent = Optional.empty();
  private Optional<Long> asked = Optional.empty();
  private Optional<EngineReading> before = Optional.empty();
  private long number;

  /**
   * @param stopped whether the user has asked the run to end
   * @param notes for the user
   */
  public EngineObserver(
      Vertx vertx,
      Fleet fleet,
      AgentClient orders,
      String runId,
      BooleanSupplier stopped,
      Consumer<String> notes) {
    this.vertx = vertx;
    this.fleet = fleet;
    this.orders = orders;
    this.runId = runId;
    this.stopped = stopped;
    this.notes = notes;
  }

  /** Takes in an event if it is about a metrics page. */
  public boolean takes(AgentEvent event) {
    if (event instanceof AgentEvent.MetricsEvent metrics) {
      log.take(metrics);
      return true;
    }
    return false;
  }

  /** For a target, which the agent {@code host} has started, if one has. */
  public void begin(Optional<String> host, Target target) {
    this.host = host;
    this.target = target.options().noMetrics() ? null : target;
    agent = Optional.empty();
  }

  /** From the first level on; with another agent where the one that asked is gone. */
  private void choose() {
    Target watched = target;
    if (watched == null || agent.filter(this::present).isPresent()) {
      return;
    }
    agent =
        host.or(() -> fleet.load().stream().findFirst().map(AgentInfo::id))
            .filter(id -> watches(id, watched));
  }

  private boolean present(String id) {
    return fleet.member(id).map(fleet::present).orElse(false);
  }

  private boolean watches(String id, Target watched) {
    Optional<String> refusal = order(id, new AgentCommand.WatchEngine(runId, watched));
    if (refusal.isEmpty()) {
      watching.add(id);
    } else {
      notes.accept("agent %s reads no engine metrics: %s".formatted(id, refusal.get()));
    }
    return refusal.isEmpty();
  }

  /** Why the agent did not take the order. */
  private Optional<String> order(String id, AgentCommand command) {
    try {
      return orders.send(id, command).await() instanceof AgentReply.Refused(String reason)
          ? Optional.of(reason)
          : Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of("it does not answer: " + e.getMessage());
    }
  }

  /**
   * Has the prefix cache of an engine of ours emptied and the counters read while the agents
   * prepare a level.
   */
  public void beforeLevel() {
    choose();
    before = Optional.empty();
    asked = ask(true);
  }

  /** Waits until that is done, for no request may go before. */
  public void awaitBefore() {
    before = asked.flatMap(this::reading);
    asked = Optional.empty();
  }

  /** What the server told over a level that started at {@code origin} and has just ended. */
  public Optional<EngineEvidence> afterLevel(Instant origin) {
    return agent.map(
        id -> {
          Optional<EngineReading> after = ask(false).flatMap(this::reading);
          return new EngineEvidence(id, before, after, log.since(origin));
        });
  }

  /** The number of the reading to come, if one will. */
  private Optional<Long> ask(boolean resetCache) {
    long wanted = number++;
    return agent
        .filter(id -> order(id, new AgentCommand.ReadEngine(runId, wanted, resetCache)).isEmpty())
        .map(_ -> wanted);
  }

  private Optional<EngineReading> reading(long wanted) {
    Deadline patience = Deadline.after(PATIENCE);
    Deadline hurry = Deadline.after(HURRY);
    while (log.reading(wanted).isEmpty()
        && !patience.passed()
        && !(stopped.getAsBoolean() && hurry.passed())
        && agent.filter(this::present).isPresent()) {
      vertx.timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS).await();
    }
    return log.reading(wanted);
  }

  /**
   * The target is not asked any more, and before it stops: who calls a port that nobody holds may
   * get it for himself.
   */
  public void end() {
    watching.stream()
        .filter(this::present)
        .forEach(id -> order(id, new AgentCommand.UnwatchEngine(runId)));
    watching.clear();
    agent = Optional.empty();
  }
}
