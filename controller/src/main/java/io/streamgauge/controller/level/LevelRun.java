package io.streamgauge.controller.level;

import io.streamgauge.common.clock.SteadyClock;
import io.streamgauge.common.json.Durations;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.plan.AgentsPolicy;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.Share;
import io.streamgauge.controller.fleet.AgentClient;
import io.streamgauge.controller.fleet.LevelMembers;
import io.streamgauge.controller.level.watch.EarlyEnd;
import io.streamgauge.controller.level.watch.LevelWatch;
import io.streamgauge.controller.log.Appender;
import io.streamgauge.controller.log.LevelSetting;
import io.streamgauge.controller.log.LogEntry;
import io.streamgauge.controller.log.LostAgent;
import io.streamgauge.controller.observe.EngineSession;
import io.streamgauge.controller.wait.Deadline;
import io.streamgauge.controller.wait.Inbox;
import io.streamgauge.controller.wait.RunFailure;
import io.vertx.core.Future;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One level from its preparation to its last record, as a sequence on the controller's virtual
 * thread. What agents tell goes to the intake; here is only what follows from it for the sequence.
 */
public final class LevelRun {
  /** Less than the second between two reports of an agent, whose ticks jitter. */
  private static final long SHOW_EVERY_NANOS = 900_000_000L;

  private final RunContext run;
  private final Inbox inbox;
  private final Reports reports;
  private final Deliveries deliveries;
  private final Level level;
  private final Map<String, Share> shares;
  private final Appender log;
  private final Consumer<String> notes;
  private final LevelMembers members;
  private final Silenced silenced;
  private final LevelOrders orders;
  private int losses;
  private Optional<String> failure = Optional.empty();
  private Duration startAhead = Duration.ZERO;
  private long shownAt = System.nanoTime() - SHOW_EVERY_NANOS;
  private Optional<String> givenUp = Optional.empty();
  private Duration lasted = Duration.ZERO;

  /** {@code log} is told who is lost, and {@code notes} for the user. */
  public LevelRun(
      RunContext run,
      Inbox inbox,
      Intake intake,
      Deliveries deliveries,
      Map<String, Share> shares,
      Appender log,
      Consumer<String> notes) {
    this.run = run;
    this.inbox = inbox;
    this.deliveries = deliveries;
    this.level = deliveries.level();
    this.shares = shares;
    this.log = log;
    this.notes = notes;
    this.members = new LevelMembers(run.fleet(), shares, System::nanoTime);
    this.orders = new LevelOrders(run, level, shares.keySet());
    this.silenced = new Silenced(members, deliveries);
    this.reports = new Reports(run, inbox, intake, deliveries, members);
  }

  /**
   * Has every agent prepare its share; {@code attempt} tells apart who was asked before.
   *
   * @param prompts brings the level's
   */
  public Preparation prepare(int attempt, PromptDelivery prompts) {
    Preparation preparation =
        new LevelPreparation(run, level, shares, members, reports, prompts).run(attempt);
    if (preparation instanceof Preparation.Ready ready) {
      startAhead = ready.startAhead();
    }
    return preparation;
  }

  /**
   * Starts every agent at one instant and takes in what they report until all have finished, which
   * they do sooner once it is {@code decided} what the level is run for.
   */
  public void measure(
      String model, LevelSetting setting, BooleanSupplier decided, Consumer<LiveBoard> live) {
    Duration ahead = startAhead;
    Instant at = SteadyClock.PROCESS.instant().plus(ahead);
    log.append(new LogEntry.Begins(level.name(), at, model, setting, run.metrics().reader()));
    deliveries.begin();
    long start = System.nanoTime() + ahead.toNanos();
    members.begin(start);
    orders.start(model, at).forEach(this::await);
    LevelWatch watch =
        new LevelWatch(level, shares.size(), run.limits(), decided, System::nanoTime);
    LiveBoard board = new LiveBoard(run.id(), run.backend().name(), level, start, run.progress());
    while (!members.over()) {
      if (run.stopRequest().isPresent()) {
        stop("stopped by the user");
      }
      Optional<AgentEvent> event = reports.next(Reports.LOOK);
      if (event.isPresent()) {
        take(event.get(), board, live);
        if (event.get() instanceof AgentEvent.Progress progress
            && ofThisLevel(progress)
            && !orders.endEarly()) {
          Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
          follow(watch.after(progress, members.working(), elapsed));
        }
      }
      lookAround();
    }
    lasted = Duration.ofNanos(System.nanoTime() - start);
    awaitReturned();
    board.over(deliveries.counts());
    live.accept(board);
    run.progress().levelOver(deliveries.counts());
    if (failure.isPresent() && run.stopRequest().isEmpty()) {
      throw RunFailure.failed(failure.get());
    }
  }

  /** Unless the level was stopped while that was sought. */
  private void follow(LevelWatch.Next next) {
    if (orders.stopped()) {
      return;
    }
    switch (next) {
      case LevelWatch.Next.GoOn() -> {}
      case LevelWatch.Next.WarmedUp() -> stop("warmed up");
      case LevelWatch.Next.GivenUp(String why) -> {
        givenUp = Optional.of(why);
        stop(why);
      }
      case LevelWatch.Next.Decided() -> {
        keep(new LogEntry.Decided(level.name(), SteadyClock.PROCESS.instant()));
        orders.startNoMore();
      }
    }
  }

  /** Who fell silent and is back still delivers what it measured until then. */
  private void awaitReturned() {
    Deadline limit = Deadline.after(run.limits().ending());
    while (!limit.passed() && silenced.anyBack()) {
      reports.next(limit.left());
    }
  }

  /** Agents that fell silent and have not told all: they may still hold what they measured. */
  public List<String> owing() {
    return silenced.owing();
  }

  /** Why a level that no user stopped and no agent's loss cut short ended before its extent. */
  public Optional<String> endedEarly() {
    if (givenUp.isPresent() || orders.endEarly() || losses > 0) {
      return givenUp;
    }
    return EarlyEnd.of(level, deliveries.counts().total(), lasted);
  }

  /** An agent that does not take the order to start is lost. */
  private void await(String agent, Future<AgentClient.Answer> taken) {
    taken.onSuccess(
        answer -> {
          if (answer instanceof AgentClient.Answer.Silent) {
            silenced.add(agent); // the order may have come through all the same
          }
          answer.trouble().ifPresent(why -> lose(agent, "it " + why));
        });
  }

  /** Counts out who is gone, and who does not end although it was told to. */
  private void lookAround() {
    run.engine()
        .flatMap(EngineSession::trouble)
        .ifPresent(reason -> fail(reason, Outcome.ENGINE_DIED));
    for (LostAgent gone : members.gone()) {
      silenced.add(gone.agent());
      lose(gone);
    }
    silenced.newlyBack().forEach(orders::stopLost);
    if (orders.overdue()) {
      String limit = Durations.format(run.limits().ending());
      members
          .working()
          .forEach(agent -> lose(agent, "not over %s after the stop".formatted(limit)));
    }
  }

  private void lose(String agent, String reason) {
    if (members.working().contains(agent)) {
      lose(members.lose(agent, reason));
    }
  }

  /** The agent has told all, so it may be some time since its load ended. */
  private void loseAsTold(String agent, AgentEvent.Early end) {
    if (members.working().contains(agent)) {
      lose(members.lose(agent, end.reason()).since(end.after()));
    }
  }

  /** What is lost stays lost: its load is given to nobody, and it fires no more. */
  private void lose(LostAgent agent) {
    losses++;
    keep(new LogEntry.Lost(level.name(), agent));
    deliveries.lose(agent.agent()).ifPresent(this::keep);
    notes.accept("lost: " + agent.loss());
    if (failure.isEmpty()
        && (run.plan().agents().onLoss() == AgentsPolicy.OnLoss.ABORT || losses == shares.size())) {
      fail("agent %s: %s".formatted(agent.agent(), agent.reason()));
    } else {
      orders.stopLost(agent.agent());
    }
    inbox.wake();
  }

  private void keep(LogEntry entry) {
    try {
      log.append(entry);
    } catch (UncheckedIOException e) {
      fail(String.valueOf(e.getMessage()));
    }
  }

  /** The first failure is the one that is told. */
  private void fail(String reason) {
    fail(reason, Outcome.CANCELLED);
  }

  private void fail(String reason, Outcome inFlight) {
    if (failure.isEmpty()) {
      failure = Optional.of(reason);
      orders.stop("the run failed: " + reason, inFlight);
    }
  }

  private void take(AgentEvent event, LiveBoard board, Consumer<LiveBoard> live) {
    switch (event) {
      case AgentEvent.Progress progress when ofThisLevel(progress) -> {
        board.put(progress);
        if (System.nanoTime() - shownAt >= SHOW_EVERY_NANOS) {
          shownAt = System.nanoTime();
          live.accept(board);
        }
      }
      case AgentEvent.Finished finished when ofThisLevel(finished) -> {
        if (finished.early().isPresent() && !orders.stopped()) {
          loseAsTold(finished.agent(), finished.early().get());
        }
        members.finish(finished.agent());
      }
      case AgentEvent.Failed failed -> {
        silenced.remove(failed.agent()); // it has handed over what it could
        lose(failed.agent(), failed.reason());
      }
      case AgentEvent.LevelEvent _,
          AgentEvent.EngineEvent _,
          AgentEvent.GpuEvent _,
          AgentEvent.MetricsEvent _,
          AgentEvent.TokensCounted _ -> {}
    }
  }

  /** What an agent says again, since its acknowledgement was lost, may come a level late. */
  private boolean ofThisLevel(AgentEvent.LevelEvent event) {
    return event.level().equals(level.name());
  }

  /**
   * Ends the load on every agent; they still deliver what they have. One that does not answer keeps
   * nobody waiting for long: it is counted as lost.
   */
  public void stop(String reason) {
    orders.stop(reason, Outcome.CANCELLED);
  }
}
