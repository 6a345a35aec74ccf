package io.streamgauge.controller.observe;

import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.clock.SteadyClock;
import io.streamgauge.common.json.Durations;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.message.RunEvent.Board;
import io.streamgauge.common.plan.request.TargetUrl;
import io.streamgauge.controller.fleet.Member;
import io.streamgauge.controller.log.Appender;
import io.streamgauge.controller.log.LogEntry;
import io.streamgauge.controller.wait.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Has agents sample their GPUs while a run goes on, from before its engine starts until after it
 * has stopped. Whatever goes wrong with it costs the run nothing but these samples. On the
 * controller's virtual thread.
 */
public final class GpuObserver {
  /** Power readings may be averaged over a second, so the last one of two is idle for sure. */
  private static final Duration IDLE = Duration.ofSeconds(2);

  private static final Duration IDLE_SEEN = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  /** A GPU that has not cooled down by then will hardly do so. */
  static final Duration LONGEST_COOLING = Duration.ofMinutes(5);

  private final Watched run;
  private final Duration longestCooling;
  private final Cooling cooling = new Cooling();
  private final GpuArrivals arrivals = new GpuArrivals();
  private final Set<String> watched = new HashSet<>();
  private Appender log = Appender.NONE;
  private GpuHosts hosts = GpuHosts.NONE;

  /** Of a run whose backends, where they are {@code repeated}, all begin as cool as the first. */
  public GpuObserver(Watched run, boolean repeated) {
    this(run, repeated ? LONGEST_COOLING : Duration.ZERO);
  }

  GpuObserver(Watched run, Duration longestCooling) {
    this.run = run;
    this.longestCooling = longestCooling;
  }

  /** Keeps an event if it is about GPUs. */
  public boolean takes(AgentEvent event) {
    if (event instanceof AgentEvent.GpuEvent gpu) {
      if (arrivals.take(gpu)) {
        log.append(new LogEntry.Told(SteadyClock.PROCESS.instant(), gpu));
      }
      return true;
    }
    return false;
  }

  /** What each GPU that is sampled told last. */
  public List<Board> boards() {
    return arrivals.boards();
  }

  /** What is told from now on goes to the log of a backend. */
  public void open(Appender next) {
    Instant now = SteadyClock.PROCESS.instant();
    arrivals.standing().forEach(event -> next.append(new LogEntry.Told(now, event)));
    log = next;
  }

  /** The backend is over. */
  public void close() {
    log = Appender.NONE;
    hosts = GpuHosts.NONE;
  }

  /** For an engine that the agent {@code host} is about to start. */
  public void beginEngine(String host) {
    begin(
        run.fleet().member(host).map(Member::info).map(GpuHosts::ofEngine).orElse(GpuHosts.NONE),
        true);
  }

  /** For a server that runs already. */
  public void beginServed(String url) {
    List<AgentInfo> able =
        run.fleet().gpu().stream().filter(agent -> !agent.gpus().isEmpty()).toList();
    GpuHosts chosen = GpuHosts.ofServed(url, able, run.fleet().load());
    if (chosen.agents().isEmpty() && !able.isEmpty()) {
      run.notes()
          .accept(
              "no GPU is sampled: %s is not on the host of %s"
                  .formatted(
                      TargetUrl.parse(url).shown(), able.stream().map(AgentInfo::id).toList()));
    }
    begin(chosen, false);
  }

  private void begin(GpuHosts chosen, boolean engineFollows) {
    hosts = chosen;
    hosts.agents().stream().filter(watched::add).forEach(this::watch);
    if (hosts.agents().isEmpty()) {
      return;
    }
    coolDown();
    Instant from = SteadyClock.PROCESS.instant();
    await(from.plus(IDLE));
    cooling.begin(arrivals.temperatures(hosts.agents()));
    log.append(
        new LogEntry.Sampled(
            hosts.agents(), hosts.assumed(), from.plus(IDLE.minus(IDLE_SEEN)), engineFollows));
  }

  private void coolDown() {
    Deadline deadline = Deadline.after(longestCooling);
    Optional<String> warmer = warmer();
    if (warmer.isPresent() && !deadline.passed()) {
      run.notes().accept("cooling down: " + warmer.get());
    }
    while (warmer.isPresent() && !deadline.passed() && !run.stopped().getAsBoolean()) {
      run.pause();
      warmer = warmer();
    }
    if (warmer.isPresent() && !longestCooling.isZero() && !run.stopped().getAsBoolean()) {
      run.notes()
          .accept(
              "not cooled down within %s: %s"
                  .formatted(Durations.format(longestCooling), warmer.get()));
    }
  }

  private Optional<String> warmer() {
    return cooling.warmer(arrivals.temperatures(hosts.agents()));
  }

  private void watch(String agent) {
    run.client()
        .ask(agent, new AgentCommand.WatchGpus(run.runId()))
        .ifPresent(
            why -> run.notes().accept("agent %s samples no GPU: it %s".formatted(agent, why)));
  }

  /** Waits until what was sampled up to a time is there, or will not come. */
  private void await(Instant time) {
    Deadline deadline = Deadline.after(PATIENCE);
    while (!deadline.passed()
        && !run.stopped().getAsBoolean()
        && hosts.agents().stream().anyMatch(agent -> due(agent, time))) {
      run.pause();
    }
  }

  private boolean due(String agent, Instant time) {
    boolean present = run.present(agent);
    return present && !(arrivals.knows(agent) && arrivals.reaches(agent, time));
  }

  /** Waits until what the GPUs did up to now is in the log. */
  public void awaitSamples() {
    if (!hosts.agents().isEmpty()) {
      await(SteadyClock.PROCESS.instant());
    }
  }

  /** The run is over. */
  public void end() {
    watched.forEach(agent -> run.client().tell(agent, new AgentCommand.UnwatchGpus(run.runId())));
  }
}
