package io.streamgauge.controller.observe;

import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.clock.SteadyClock;
import io.streamgauge.common.engine.EngineQuantity;
import io.streamgauge.common.engine.EngineSample;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.plan.request.Target;
import io.streamgauge.controller.log.Appender;
import io.streamgauge.controller.log.LogEntry;
import io.streamgauge.controller.log.LogEntry.PageReader;
import io.streamgauge.controller.wait.Deadline;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

  private final Watched run;
  private final Map<String, Long> nextBatch = new HashMap<>();
  private final Set<Long> arrived = new HashSet<>();
  private final Set<String> watching = new HashSet<>();
  private Optional<String> host = Optional.empty();
  private @Nullable Target target;
  private Optional<String> agent = Optional.empty();
  private Optional<Long> asked = Optional.empty();
  private Optional<Long> before = Optional.empty();
  private Appender log = Appender.NONE;
  private Map<String, Double> last = Map.of();
  private long number;

  public EngineObserver(Watched run) {
    this.run = run;
  }

  /** Keeps an event if it is about a metrics page. */
  public boolean takes(AgentEvent event) {
    if (event instanceof AgentEvent.MetricsEvent metrics) {
      if (isNews(metrics)) {
        log.append(new LogEntry.Told(SteadyClock.PROCESS.instant(), metrics));
      }
      return true;
    }
    return false;
  }

  private boolean isNews(AgentEvent.MetricsEvent event) {
    return switch (event) {
      case AgentEvent.EngineRead read -> arrived.add(read.number());
      case AgentEvent.EngineBatch batch -> {
        boolean news = batch.number() >= nextBatch.getOrDefault(batch.agent(), 0L);
        if (news) {
          nextBatch.put(batch.agent(), batch.number() + 1);
          batch.samples().stream()
              .reduce((_, later) -> later)
              .ifPresent(sample -> last = told(sample));
        }
        yield news;
      }
    };
  }

  /** What the target told last of what it does now, by the names that results have for it. */
  public Map<String, Double> gauges() {
    return last;
  }

  private static Map<String, Double> told(EngineSample sample) {
    return sample.values().entrySet().stream()
        .filter(entry -> entry.getKey().kind() == EngineQuantity.Kind.GAUGE)
        .collect(Collectors.toMap(entry -> entry.getKey().key(), Map.Entry::getValue));
  }

  /**
   * For a target, which the agent {@code host} has started, if one has; what it tells goes to
   * {@code next}.
   */
  public void begin(Optional<String> host, Target target, Appender next) {
    log = next;
    this.host = host;
    this.target = target.options().noMetrics() ? null : target;
    last = Map.of();
    agent = Optional.empty();
  }

  /** From the first level on; with another agent where the one that asked is gone. */
  private void choose() {
    Target watched = target;
    if (watched == null || agent.filter(run::present).isPresent()) {
      return;
    }
    agent =
        host.or(() -> run.fleet().load().stream().findFirst().map(AgentInfo::id))
            .filter(id -> watches(id, watched));
  }

  private boolean watches(String id, Target watched) {
    Optional<String> trouble =
        run.client().ask(id, new AgentCommand.WatchEngine(run.runId(), watched));
    trouble.ifPresent(
        why -> run.notes().accept("agent %s reads no engine metrics: it %s".formatted(id, why)));
    if (trouble.isEmpty()) {
      watching.add(id);
    }
    return trouble.isEmpty();
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

  /** Waits until that is done, because no request may go before. */
  public void awaitBefore() {
    before = asked.filter(this::arrives);
    asked = Optional.empty();
  }

  /** Who reads the page, and the number of the reading before the level, where one came. */
  public Optional<PageReader> reader() {
    return agent.map(id -> new PageReader(id, before));
  }

  /** Has it read after a level; the number of the reading, where it came. */
  public Optional<Long> afterLevel() {
    return ask(false).filter(this::arrives);
  }

  /** The number of the reading to come, if one will. */
  private Optional<Long> ask(boolean resetCache) {
    long wanted = number++;
    return agent
        .filter(
            id ->
                run.client()
                    .ask(id, new AgentCommand.ReadEngine(run.runId(), wanted, resetCache))
                    .isEmpty())
        .map(_ -> wanted);
  }

  private boolean arrives(long wanted) {
    Deadline patience = Deadline.after(PATIENCE);
    Deadline hurry = Deadline.after(HURRY);
    while (!arrived.contains(wanted)
        && !patience.passed()
        && !(run.stopped().getAsBoolean() && hurry.passed())
        && agent.filter(run::present).isPresent()) {
      run.pause();
    }
    return arrived.contains(wanted);
  }

  /** What is told from now on is not kept. */
  public void close() {
    log = Appender.NONE;
  }

  /**
   * The target is not asked any more, and before it stops: who calls a port that nobody holds may
   * get it for himself.
   */
  public void end() {
    watching.stream()
        .filter(run::present)
        .forEach(id -> run.client().ask(id, new AgentCommand.UnwatchEngine(run.runId())));
    watching.clear();
    log = Appender.NONE;
    agent = Optional.empty();
  }
}
