package io.streamgauge.controller.observe;

import io.streamgauge.common.agent.EngineView;
import io.streamgauge.common.json.Durations;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.message.AgentEvent.EngineEvent;
import io.streamgauge.common.plan.Backend;
import io.streamgauge.common.plan.request.TargetUrl;
import io.streamgauge.controller.fleet.AgentClient;
import io.streamgauge.controller.fleet.Fleet;
import io.streamgauge.controller.fleet.Member;
import io.streamgauge.controller.wait.Deadline;
import io.streamgauge.controller.wait.Inbox;
import io.streamgauge.controller.wait.RunFailure;
import io.streamgauge.controller.wait.RunLimits;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A backend's engine, on the agent that starts it: from the order to start to the proof that it is
 * gone. On the controller's virtual thread.
 */
public final class EngineSession {
  /** How often it is looked whether the agent is still there. */
  private static final Duration LOOK = Duration.ofMillis(250);

  private static final Duration TELL_EVERY = Duration.ofSeconds(5);

  private final Backend.Managed engine;
  private final String runId;
  private final Member host;
  private final Fleet fleet;
  private final AgentClient client;
  private final Inbox inbox;
  private final RunLimits limits;
  private final Consumer<AgentEvent.EngineLog> logFile;
  private final Consumer<String> notes;
  private EngineView view;
  private String lastLine = "";
  private Duration told = Duration.ZERO;
  private AgentEvent.@Nullable EngineReady ready;
  private Optional<String> death = Optional.empty();
  private Optional<EngineEvent> end = Optional.empty();

  /**
   * @param host the agent that starts it
   * @param logFile takes the engine's log when it is over
   * @param notes hears what the user should know meanwhile
   */
  public EngineSession(
      Backend.Managed engine,
      String runId,
      Member host,
      Fleet fleet,
      AgentClient client,
      Inbox inbox,
      RunLimits limits,
      Consumer<AgentEvent.EngineLog> logFile,
      Consumer<String> notes) {
    this.engine = engine;
    this.view = EngineView.starting(engine.engine().label(), Optional.empty());
    this.runId = runId;
    this.host = host;
    this.fleet = fleet;
    this.client = client;
    this.inbox = inbox;
    this.limits = limits;
    this.logFile = logFile;
    this.notes = notes;
  }

  /**
   * Has the engine started and waits until it serves. The agent knows how long that may take; here
   * only its silence is limited.
   *
   * @param stopped whether the user wants the run to end
   * @throws RunFailure when it does not come to serve; nothing of it is left then
   */
  public AgentEvent.EngineReady start(long seed, BooleanSupplier stopped) {
    tell(view);
    client
        .ask(
            host.info().id(),
            new AgentCommand.StartEngine(
                runId, engine.engine(), engine.settings(), engine.model(), seed))
        .ifPresent(
            why -> {
              over();
              throw RunFailure.failed("agent %s %s".formatted(host.info().id(), why));
            });
    Deadline silence = Deadline.after(limits.engineReady());
    while (ready == null && end.isEmpty()) {
      if (stopped.getAsBoolean()) {
        throw giveUp("the run was stopped before it was ready");
      }
      if (silence.passed()) {
        throw giveUp("no word of it for " + Durations.format(limits.engineReady()));
      }
      lost()
          .ifPresent(
              reason -> {
                throw failed(reason);
              });
      if (next(silence)) {
        silence = Deadline.after(limits.engineReady());
      }
    }
    if (end.isPresent() && end.get() instanceof AgentEvent.EngineFailed failed) {
      tail(failed.logTail());
      throw failed(failed.reason());
    }
    if (ready == null) {
      throw failed("it was stopped before it was ready");
    }
    return ready;
  }

  private RunFailure giveUp(String reason) {
    return failed(reason + stop().map(trouble -> "; " + trouble).orElse(""));
  }

  private RunFailure failed(String reason) {
    return RunFailure.failed("engine %s: %s".formatted(engine.name(), reason));
  }

  /** Takes the next event, if one comes soon; whether it told of the engine. */
  private boolean next(Deadline deadline) {
    Duration left = deadline.left();
    Optional<Inbox.Entry> entry = inbox.take(left.compareTo(LOOK) < 0 ? left : LOOK);
    entry.ifPresent(
        one ->
            one.settle(
                any -> {
                  if (any instanceof EngineEvent event) {
                    take(event);
                  }
                }));
    return entry.filter(one -> one.event() instanceof EngineEvent).isPresent();
  }

  /** Takes in what is told of the engine, before it is acknowledged. */
  public void take(EngineEvent event) {
    switch (event) {
      case AgentEvent.EngineProgress progress -> show(progress);
      case AgentEvent.EngineReady serves -> {
        ready = serves;
        tell(serving(serves));
      }
      case AgentEvent.EngineDied died -> {
        if (death.isEmpty()) {
          death = Optional.of("engine %s died: %s".formatted(engine.name(), died.reason()));
          tell(view.died(died.reason()));
          tail(died.logTail());
        }
      }
      case AgentEvent.EngineLog piece -> keep(piece);
      case AgentEvent.EngineFailed failed -> end(failed);
      case AgentEvent.EngineStopped stopped -> end(stopped);
    }
  }

  private void end(EngineEvent how) {
    end = Optional.of(how);
    over();
  }

  /** Those who look at the fleet see what the agent's engine does. */
  private void tell(EngineView now) {
    view = now;
    fleet.manages(host.info().id(), Optional.of(now));
  }

  private void over() {
    fleet.manages(host.info().id(), Optional.empty());
  }

  private static EngineView serving(AgentEvent.EngineReady ready) {
    return new EngineView(
        ready.engine().name(),
        EngineView.State.SERVING,
        ready.engine().version(),
        Optional.of(TargetUrl.parse(ready.url()).shown()),
        Optional.empty());
  }

  /** A log that cannot be kept is no reason to lose the result. */
  private void keep(AgentEvent.EngineLog piece) {
    try {
      logFile.accept(piece);
    } catch (UncheckedIOException e) {
      notes.accept("engine %s: its log is lost: %s".formatted(engine.name(), e.getMessage()));
    }
  }

  private void show(AgentEvent.EngineProgress progress) {
    tell(EngineView.starting(engine.engine().label(), Optional.of(progress.waiting())));
    if (progress.elapsed().minus(told).compareTo(TELL_EVERY) >= 0) {
      told = progress.elapsed();
      notes.accept(
          "engine %s: %d s, waiting for %s%s"
              .formatted(
                  engine.name(),
                  progress.elapsed().toSeconds(),
                  progress.waiting(),
                  news(progress.line())));
    }
  }

  /** The end of its log, where that says anything new. */
  private String news(String line) {
    if (line.isBlank() || line.equals(lastLine)) {
      return "";
    }
    lastLine = line;
    return ": " + line;
  }

  private void tail(List<String> lines) {
    if (!lines.isEmpty()) {
      notes.accept("engine %s: the end of its log:".formatted(engine.name()));
      lines.forEach(line -> notes.accept("  | " + line));
    }
  }

  /** Why the engine serves no longer; empty while it does. */
  public Optional<String> trouble() {
    return death.or(() -> lost().map(reason -> "engine %s: %s".formatted(engine.name(), reason)));
  }

  private Optional<String> lost() {
    Optional<Member> now = fleet.member(host.info().id());
    return now.filter(member -> member.instance().equals(host.instance()) && fleet.present(member))
            .isPresent()
        ? Optional.empty()
        : Optional.of("agent %s, which started it, is lost".formatted(host.info().id()));
  }

  /** Has the engine stopped and waits until nothing of it is left; what is left all the same. */
  public Optional<String> stop() {
    Optional<String> trouble =
        client
            .ask(host.info().id(), new AgentCommand.StopEngine(runId))
            .map(why -> "agent %s %s".formatted(host.info().id(), why));
    if (trouble.isPresent()) {
      return trouble;
    }
    Deadline silence = Deadline.after(limits.engineGone());
    while (end.isEmpty()) {
      if (silence.passed()) {
        return Optional.of("the engine on %s did not stop".formatted(host.info().id()));
      }
      Optional<String> lost = lost();
      if (lost.isPresent()) {
        return lost;
      }
      if (next(silence)) {
        silence = Deadline.after(limits.engineGone());
      }
    }
    return end.get() instanceof AgentEvent.EngineStopped stopped
        ? stopped.trouble()
        : Optional.empty();
  }
}
