package io.streamgauge.controller.run;

import io.streamgauge.common.json.Durations;
import io.streamgauge.common.measure.Certificate;
import io.streamgauge.common.measure.ClientStats;
import io.streamgauge.common.measure.Counts;
import io.streamgauge.common.measure.TargetProbe;
import io.streamgauge.common.measure.TokenSeries;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.message.AgentEvent.LevelGaps;
import io.streamgauge.common.message.AgentReply;
import io.streamgauge.common.plan.AgentsPolicy;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.Share;
import io.streamgauge.controller.result.AgentStart;
import io.streamgauge.controller.result.Attendance;
import io.streamgauge.controller.result.LevelEvidence;
import io.streamgauge.controller.result.LevelSetting;
import io.streamgauge.controller.result.LevelTally;
import io.streamgauge.controller.result.LostAgent;
import io.streamgauge.controller.result.RequestLimits;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One level from its preparation to its last record, as a sequence on the controller's virtual
 * thread.
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
  private final Level level;
  private final Map<String, Share> shares;
  private final LevelTally tally;
  private final Map<String, ClientStats> clients = new HashMap<>();
  private final Map<String, Certificate> certificates = new HashMap<>();
  private final Map<String, Long> nextBatch = new HashMap<>();
  private final Map<String, AgentStart> starts = new HashMap<>();
  private final List<LostAgent> lost = new ArrayList<>();
  private final Roll roll;
  private LevelGaps gaps = LevelGaps.EMPTY;
  private TokenSeries tokens = TokenSeries.ZERO;
  private Instant named = Instant.EPOCH;
  private Optional<String> failure = Optional.empty();
  private @Nullable Deadline ending;
  private Duration ordersTake = Duration.ZERO;
  private long shownAt = System.nanoTime() - SHOW_EVERY_NANOS;
  private boolean stopSent;
  private Duration lasted = Duration.ZERO;

  LevelRun(RunContext run, Inbox inbox, Level level, Map<String, Share> shares) {
    this.run = run;
    this.inbox = inbox;
    this.level = level;
    this.shares = shares;
    this.roll = new Roll(run.fleet(), shares, System::nanoTime);
    this.tally =
        new LevelTally(
            RequestLimits.of(run.plan().slo(), level.load()),
            run.plan().observation().deadlines(),
            run.prompts());
  }

  /** Has every agent prepare its share, and returns what they saw of the target. */
  Map<String, TargetProbe> prepare() {
    long asked = System.nanoTime();
    run.orders()
        .demandAll(
            shares.keySet(),
            agent ->
                new AgentCommand.Prepare(
                    run.id(),
                    level,
                    run.target(),
                    run.plan().request(),
                    run.plan().observation(),
                    run.prompts(),
                    Objects.requireNonNull(shares.get(agent)),
                    run.seedOf(level)));
    ordersTake = Duration.ofNanos(System.nanoTime() - asked);
    Map<String, TargetProbe> probes = new HashMap<>();
    Deadline deadline = Deadline.after(run.limits().prepare());
    while (probes.size() < shares.size()) {
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
        return probes;
      }
      for (LostAgent gone : roll.gone()) {
        throw RunFailure.failed("agent %s: %s".formatted(gone.agent(), gone.reason()));
      }
      next(shorter(deadline.left()))
          .ifPresent(
              event -> {
                if (event instanceof AgentEvent.Prepared prepared
                    && ofThisLevel(prepared.level())) {
                  probes.put(prepared.agent(), prepared.probe());
                  prepared.certificate().ifPresent(c -> certificates.put(prepared.agent(), c));
                }
              });
    }
    return probes;
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
  void measure(String model, Consumer<AgentEvent.RecordBatch> records, Consumer<LiveBoard> live) {
    Duration ahead = startAhead();
    Instant at = Instant.now().plus(ahead);
    named = at;
    long start = System.nanoTime() + ahead.toNanos();
    roll.begin(start);
    shares.keySet().forEach(agent -> begin(agent, start(model, at)));
    WarmthWatch warmth = new WarmthWatch(level.load(), shares.size());
    LiveBoard board = new LiveBoard(run.id(), run.backend().name(), level, start);
    while (!roll.over()) {
      if (run.stopRequest().isPresent() && !stopSent) {
        stop("stopped by the user");
      }
      Optional<AgentEvent> event = next(LOOK, batch -> append(batch, records));
      if (event.isPresent()) {
        take(event.get(), board, live);
        if (event.get() instanceof AgentEvent.Progress progress
            && ofThisLevel(progress.level())
            && level.extent().untilSteady()
            && !stopSent
            && warmth.steadyAfter(progress, (System.nanoTime() - start) / 1e9)) {
          stop("warmed up");
        }
      }
      lookAround();
    }
    lasted = Duration.ofNanos(System.nanoTime() - start);
    if (failure.isPresent() && run.stopRequest().isEmpty()) {
      throw RunFailure.failed(failure.get());
    }
  }

  /**
   * Why a level that nobody stopped ended before its extent: its agents give up where every request
   * has failed.
   */
  Optional<String> givenUp() {
    Counts counts = tally.counts();
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
    roll.gone().forEach(this::lose);
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
    lost.add(agent);
    if (failure.isEmpty()
        && (run.plan().agents().onLoss() == AgentsPolicy.OnLoss.ABORT
            || lost.size() == shares.size())) {
      failure = Optional.of("agent %s: %s".formatted(agent.agent(), agent.reason()));
      stop("the run failed: " + failure.get());
    } else {
      run.orders().tell(agent.agent(), new AgentCommand.Stop(run.id(), "counted as lost"));
    }
    inbox.wake();
  }

  private static Duration shorter(Duration wait) {
    return wait.compareTo(LOOK) < 0 ? wait : LOOK;
  }

  private AgentCommand start(String model, Instant at) {
    return new AgentCommand.Start(run.id(), level.name(), model, at);
  }

  private void take(AgentEvent event, LiveBoard board, Consumer<LiveBoard> live) {
    switch (event) {
      case AgentEvent.Progress progress when ofThisLevel(progress.level()) -> {
        board.put(progress);
        if (System.nanoTime() - shownAt >= SHOW_EVERY_NANOS) {
          shownAt = System.nanoTime();
          live.accept(board);
        }
      }
      case AgentEvent.Finished finished when ofThisLevel(finished.level()) -> {
        if (!starts.containsKey(finished.agent())) {
          clients.put(finished.agent(), finished.client());
          starts.put(
              finished.agent(),
              new AgentStart(
                  Duration.between(named, finished.startedAt()).toNanos() / 1e6, finished.clock()));
          if (finished.early().isPresent() && !stopSent) {
            lose(finished.agent(), finished.early().get());
          }
          roll.finish(finished.agent());
          gaps = gaps.plus(finished.gaps());
          tokens = tokens.plus(finished.tokens());
        }
      }
      case AgentEvent.Progress _,
          AgentEvent.Finished _,
          AgentEvent.RecordBatch _,
          AgentEvent.Prepared _,
          AgentEvent.Failed _,
          AgentEvent.EngineReady _,
          AgentEvent.EngineStopped _ -> {}
    }
  }

  /** What an agent says again, since its acknowledgement was lost, may come a level late. */
  private boolean ofThisLevel(String name) {
    return name.equals(level.name());
  }

  /** A batch that comes again, since its acknowledgement was lost, is known by its number. */
  private void append(AgentEvent.RecordBatch batch, Consumer<AgentEvent.RecordBatch> records) {
    long expected = nextBatch.getOrDefault(batch.agent(), 0L);
    if (batch.number() > expected) {
      throw RunFailure.failed(
          "agent %s: records are lost, batch %d came where %d was due"
              .formatted(batch.agent(), batch.number(), expected));
    }
    if (batch.number() == expected) {
      nextBatch.put(batch.agent(), expected + 1);
      batch.records().forEach(tally::add);
      records.accept(batch);
    }
  }

  private Optional<AgentEvent> next(Duration wait) {
    return next(wait, _ -> {});
  }

  /** The next event of this run, dealt with as far as records go and acknowledged. */
  private Optional<AgentEvent> next(Duration wait, Consumer<AgentEvent.RecordBatch> batches) {
    Optional<Inbox.Entry> entry = inbox.take(wait);
    entry.ifPresent(
        taken -> {
          roll.heard(taken.event().agent());
          if (taken.event() instanceof AgentEvent.RecordBatch batch && ofThisLevel(batch.level())) {
            accept(batch, batches, taken);
          }
          taken.ack();
          if (taken.event() instanceof AgentEvent.Failed failed) {
            fail(failed);
          }
        });
    return entry.map(Inbox.Entry::event);
  }

  /** Before the start an agent that fails is the end of the run, later a loss. */
  private void fail(AgentEvent.Failed failed) {
    if (named.equals(Instant.EPOCH)) {
      throw RunFailure.failed("agent %s: %s".formatted(failed.agent(), failed.reason()));
    }
    lose(failed.agent(), failed.reason());
  }

  /** Records that cannot be kept end the run while there is still something to show for it. */
  private static void accept(
      AgentEvent.RecordBatch batch, Consumer<AgentEvent.RecordBatch> batches, Inbox.Entry entry) {
    try {
      batches.accept(batch);
    } catch (UncheckedIOException e) {
      entry.refuse(String.valueOf(e.getMessage()));
      throw RunFailure.failed(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Ends the load on every agent; they still deliver what they have. One that does not answer keeps
   * nobody waiting for long: it is counted as lost.
   */
  void stop(String reason) {
    if (stopSent) {
      return;
    }
    stopSent = true;
    ending = Deadline.after(run.limits().ending());
    AgentCommand stop = new AgentCommand.Stop(run.id(), reason);
    shares.keySet().forEach(agent -> run.orders().tell(agent, stop));
  }

  /** What is known now; complete once {@link #measure} has returned. */
  LevelEvidence evidence(LevelSetting setting, String workload, Optional<String> stopped) {
    TokenSeries all =
        lost.stream()
            .map(LostAgent::agent)
            .filter(agent -> !starts.containsKey(agent))
            .map(tally::tokensOf)
            .reduce(tokens, TokenSeries::plus);
    return new LevelEvidence(
        level,
        run.plan().request(),
        tally,
        clients,
        certificates,
        gaps,
        all,
        setting,
        new Attendance(starts, lost),
        workload,
        stopped,
        run.plan().maxClientError(),
        run.ownEngine());
  }
}
