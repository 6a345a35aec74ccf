package io.streamgauge.controller.run;

import io.streamgauge.common.json.Durations;
import io.streamgauge.common.measure.Counts;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.TargetProbe;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.message.AgentReply;
import io.streamgauge.common.plan.AgentsPolicy;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.Share;
import io.streamgauge.controller.result.LostAgent;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One level from its preparation to its last record, as a sequence on the controller's virtual
 * thread. What agents tell goes to the intake; here is only what follows from it for the sequence.
 */
final class LevelRun {
  private static final Duration START_AHEAD = Duration.ofMillis(30);
  private static final Duration LONGEST_AHEAD = Duration.ofSeconds(3);

  /** Less than the second between two reports of an agent, whose ticks jitter. */
  private static final long SHOW_EVERY_NANOS = 900_000_000L;

  /** How often the run looks who is there. */
  private static final Duration LOOK = Duration.ofMillis(250);

  private final RunContext run;
  private final Inbox inbox;
  private final Intake intake;
  private final LevelSums sums;
  private final Level level;
  private final Map<String, Share> shares;
  private final Journal journal;
  private final Roll roll;
  private final Map<String, TargetProbe> probes = new HashMap<>();
  private final Set<String> silenced = new HashSet<>();
  private int attempt;
  private int losses;
  private Optional<String> failure = Optional.empty();
  private @Nullable Deadline ending;
  private Duration ordersTake = Duration.ZERO;
  private long shownAt = System.nanoTime() - SHOW_EVERY_NANOS;
  private boolean stopSent;
  private Duration lasted = Duration.ZERO;

  /** {@code journal} is told who is lost. */
  LevelRun(
      RunContext run,
      Inbox inbox,
      Intake intake,
      LevelSums sums,
      Map<String, Share> shares,
      Journal journal) {
    this.run = run;
    this.inbox = inbox;
    this.intake = intake;
    this.sums = sums;
    this.level = sums.level();
    this.shares = shares;
    this.journal = journal;
    this.roll = new Roll(run.fleet(), shares, System::nanoTime);
  }

  /** Has every agent prepare its share; {@code attempt} tells apart who was asked before. */
  Preparation prepare(int attempt) {
    this.attempt = attempt;
    long asked = System.nanoTime();
    Map<String, String> unanswered = run.orders().demandAll(shares.keySet(), this::order);
    ordersTake = Duration.ofNanos(System.nanoTime() - asked);
    List<LostAgent> gone = new ArrayList<>();
    unanswered.forEach((agent, why) -> gone.add(roll.lose(agent, "it does not answer: " + why)));
    Deadline deadline = Deadline.after(run.limits().prepare());
    while (probes.size() < shares.size()) {
      gone.addAll(roll.gone());
      if (!gone.isEmpty()) {
        return without(gone);
      }
      run.engine()
          .flatMap(EngineSession::trouble)
          .ifPresent(
              reason -> {
                throw RunFailure.failed(reason);
              });
      if (deadline.passed()) {
        throw RunFailure.failed(
            "level %s: only %s of %s got ready within %s"
                .formatted(
                    level.name(),
                    probes.keySet(),
                    shares.keySet(),
                    Durations.format(run.limits().prepare())));
      }
      if (run.stopRequest().isPresent()) {
        return new Preparation.Stopped();
      }
      next(shorter(deadline.left())).ifPresent(this::ready);
    }
    return new Preparation.Ready(probes);
  }

  private AgentCommand order(String agent) {
    return new AgentCommand.Prepare(
        run.id(),
        level,
        attempt,
        run.target(),
        run.plan().request(),
        run.plan().observation(),
        run.prompts(),
        Objects.requireNonNull(shares.get(agent)),
        run.seedOf(level));
  }

  private void ready(AgentEvent event) {
    if (event instanceof AgentEvent.Prepared prepared
        && ofThisLevel(prepared)
        && prepared.attempt() == attempt
        && shares.containsKey(prepared.agent())) {
      probes.put(prepared.agent(), prepared.probe());
    }
  }

  private Preparation without(List<LostAgent> gone) {
    if (run.plan().agents().onLoss() == AgentsPolicy.OnLoss.ABORT) {
      LostAgent first = gone.getFirst();
      throw RunFailure.failed("agent %s: %s".formatted(first.agent(), first.reason()));
    }
    return new Preparation.Shrunk(gone);
  }

  /**
   * As long as the orders to prepare took to be taken by all, so that the order to start reaches
   * everyone before the instant that it names; an agent that is late all the same says so.
   */
  private Duration startAhead() {
    Duration whole = START_AHEAD.plus(ordersTake);
    return whole.compareTo(LONGEST_AHEAD) < 0 ? whole : LONGEST_AHEAD;
  }

  /** Starts every agent at one instant and takes in what they report until all have finished. */
  void measure(String model, Consumer<LiveBoard> live) {
    Duration ahead = startAhead();
    Instant at = Instant.now().plus(ahead);
    journal.write(new JournalEntry.Begins(at, model));
    sums.begin(at);
    long start = System.nanoTime() + ahead.toNanos();
    roll.begin(start);
    AgentCommand order =
        new AgentCommand.Start(run.id(), level.name(), model, at, run.engine().isPresent());
    shares.keySet().forEach(agent -> begin(agent, order));
    WarmthWatch warmth = new WarmthWatch(level.load(), shares.size());
    LiveBoard board = new LiveBoard(run.id(), run.backend().name(), level, start);
    while (!roll.over()) {
      if (run.stopRequest().isPresent() && !stopSent) {
        stop("stopped by the user");
      }
      Optional<AgentEvent> event = next(LOOK);
      if (event.isPresent()) {
        take(event.get(), board, live);
        if (event.get() instanceof AgentEvent.Progress progress
            && ofThisLevel(progress)
            && level.extent().untilSteady()
            && !stopSent
            && warmth.steadyAfter(progress, (System.nanoTime() - start) / 1e9)) {
          stop("warmed up");
        }
      }
      lookAround();
    }
    lasted = Duration.ofNanos(System.nanoTime() - start);
    awaitReturned();
    if (failure.isPresent() && run.stopRequest().isEmpty()) {
      throw RunFailure.failed(failure.get());
    }
  }

  /** Who fell silent and is back still delivers what it measured until then. */
  private void awaitReturned() {
    Deadline limit = Deadline.after(run.limits().ending());
    while (!limit.passed()
        && silenced.stream().anyMatch(agent -> roll.back(agent) && !sums.finished(agent))) {
      next(shorter(limit.left()));
    }
  }

  /**
   * Why a level that nobody stopped ended before its extent: its agents give up where every request
   * has failed.
   */
  Optional<String> givenUp() {
    Counts counts = sums.counts();
    boolean work = level.extent().requests().map(all -> counts.total() < all).orElse(true);
    boolean time = level.extent().duration().map(all -> lasted.compareTo(all) < 0).orElse(true);
    return !stopSent && work && time && counts.total() > 0 && counts.failed() == counts.total()
        ? Optional.of("all of the first %d requests failed".formatted(counts.total()))
        : Optional.empty();
  }

  /** Asks all agents at once; one that does not take the order is lost. */
  private void begin(String agent, AgentCommand order) {
    run.orders()
        .send(agent, order)
        .onSuccess(
            reply -> {
              if (reply instanceof AgentReply.Refused(String reason)) {
                lose(agent, "it refused to start: " + reason);
              }
            })
        .onFailure(error -> lose(agent, "it does not answer: " + error.getMessage()));
  }

  /** Counts out who is gone, and who does not end although it was told to. */
  private void lookAround() {
    run.engine()
        .flatMap(EngineSession::trouble)
        .ifPresent(reason -> fail(reason, Outcome.ENGINE_DIED));
    for (LostAgent gone : roll.gone()) {
      silenced.add(gone.agent());
      lose(gone);
    }
    if (ending != null && ending.passed()) {
      String limit = Durations.format(run.limits().ending());
      roll.working().forEach(agent -> lose(agent, "not over %s after the stop".formatted(limit)));
    }
  }

  private void lose(String agent, String reason) {
    if (roll.working().contains(agent)) {
      lose(roll.lose(agent, reason));
    }
  }

  /** What is lost stays lost: its load is given to nobody, and it fires no more. */
  private void lose(LostAgent agent) {
    losses++;
    sums.lose(agent);
    keep(new JournalEntry.Lost(agent));
    if (failure.isEmpty()
        && (run.plan().agents().onLoss() == AgentsPolicy.OnLoss.ABORT || losses == shares.size())) {
      fail("agent %s: %s".formatted(agent.agent(), agent.reason()));
    } else {
      run.orders()
          .tell(
              agent.agent(), new AgentCommand.Stop(run.id(), "counted as lost", Outcome.CANCELLED));
    }
    inbox.wake();
  }

  private void keep(JournalEntry entry) {
    try {
      journal.write(entry);
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
      stop("the run failed: " + reason, inFlight);
    }
  }

  private static Duration shorter(Duration wait) {
    return wait.compareTo(LOOK) < 0 ? wait : LOOK;
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
        if (finished.early().isPresent() && !stopSent) {
          lose(finished.agent(), finished.early().get());
        }
        roll.finish(finished.agent());
      }
      case AgentEvent.Failed failed -> lose(failed.agent(), failed.reason());
      case AgentEvent.LevelEvent _,
          AgentEvent.EngineEvent _,
          AgentEvent.GpuEvent _,
          AgentEvent.MetricsEvent _ -> {}
    }
  }

  /** What an agent says again, since its acknowledgement was lost, may come a level late. */
  private boolean ofThisLevel(AgentEvent.LevelEvent event) {
    return event.level().equals(level.name());
  }

  /**
   * The next event of this run, kept, added and acknowledged. Before the start an agent that fails
   * is the end of the run, later a loss; records that cannot be kept end the run while there is
   * still something to show for it.
   */
  private Optional<AgentEvent> next(Duration wait) {
    Optional<Inbox.Entry> entry = inbox.take(wait);
    entry.ifPresent(
        taken -> {
          roll.heard(taken.event().agent());
          try {
            if (taken.event() instanceof AgentEvent.LevelEvent event) {
              intake.take(event);
            }
            if (taken.event() instanceof AgentEvent.EngineEvent event) {
              run.engine().ifPresent(engine -> engine.take(event));
            }
          } catch (UncheckedIOException e) {
            taken.refuse(String.valueOf(e.getMessage()));
            throw RunFailure.failed(String.valueOf(e.getMessage()));
          }
          taken.ack();
          if (taken.event() instanceof AgentEvent.Failed failed && !sums.begun()) {
            throw RunFailure.failed("agent %s: %s".formatted(failed.agent(), failed.reason()));
          }
        });
    return entry.map(Inbox.Entry::event);
  }

  /**
   * Ends the load on every agent; they still deliver what they have. One that does not answer keeps
   * nobody waiting for long: it is counted as lost.
   */
  void stop(String reason) {
    stop(reason, Outcome.CANCELLED);
  }

  private void stop(String reason, Outcome inFlight) {
    if (stopSent) {
      return;
    }
    stopSent = true;
    ending = Deadline.after(run.limits().ending());
    AgentCommand stop = new AgentCommand.Stop(run.id(), reason, inFlight);
    shares.keySet().forEach(agent -> run.orders().tell(agent, stop));
  }
}
