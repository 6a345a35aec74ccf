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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One level from its preparation to its last record, as a sequence on the controller's virtual
 * thread.
 */
final class LevelRun {
  private static final long START_AHEAD_MILLIS = 30;

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
  private final Set<String> running = new HashSet<>();
  private LevelGaps gaps = LevelGaps.EMPTY;
  private TokenSeries tokens = TokenSeries.ZERO;
  private Instant named = Instant.EPOCH;
  private boolean stopSent;
  private Duration lasted = Duration.ZERO;

  LevelRun(RunContext run, Inbox inbox, Level level, Map<String, Share> shares) {
    this.run = run;
    this.inbox = inbox;
    this.level = level;
    this.shares = shares;
    this.tally = new LevelTally(RequestLimits.of(run.plan().slo(), level.load()));
  }

  /** Has every agent prepare its share, and returns what they saw of the target. */
  Map<String, TargetProbe> prepare() {
    shares.forEach(
        (agent, share) ->
            run.orders()
                .demand(
                    agent,
                    new AgentCommand.Prepare(
                        run.id(),
                        level,
                        run.target(),
                        run.plan().request(),
                        run.prompts(),
                        share,
                        run.seedOf(level))));
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
      next(deadline.left())
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

  /** Starts every agent at one instant and takes in what they report until all have finished. */
  void measure(String model, Consumer<AgentEvent.RecordBatch> records, Consumer<LiveBoard> live) {
    Instant at = Instant.now().plusMillis(START_AHEAD_MILLIS);
    named = at;
    long start = System.nanoTime() + START_AHEAD_MILLIS * 1_000_000;
    shares.keySet().forEach(agent -> run.orders().demand(agent, start(model, at)));
    running.addAll(shares.keySet());
    WarmthWatch warmth = new WarmthWatch(level.load(), shares.size());
    LiveBoard board = new LiveBoard(run.id(), run.backend().name(), level, start);
    Deadline silence = Deadline.after(run.limits().silence());
    while (!running.isEmpty()) {
      if (run.stopRequest().isPresent() && !stopSent) {
        stop("stopped by the user");
      }
      Optional<AgentEvent> event = next(silence.left(), batch -> append(batch, records));
      if (event.isPresent()) {
        silence = Deadline.after(run.limits().silence());
        take(event.get(), board, live);
        if (event.get() instanceof AgentEvent.Progress progress
            && ofThisLevel(progress.level())
            && level.extent().untilSteady()
            && !stopSent
            && warmth.steadyAfter(progress, (System.nanoTime() - start) / 1e9)) {
          stop("warmed up");
        }
      } else if (silence.passed()) {
        throw RunFailure.failed(
            "level %s: nothing heard of %s for %s"
                .formatted(level.name(), running, Durations.format(run.limits().silence())));
      }
    }
    lasted = Duration.ofNanos(System.nanoTime() - start);
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

  private AgentCommand start(String model, Instant at) {
    return new AgentCommand.Start(run.id(), level.name(), model, at);
  }

  private void take(AgentEvent event, LiveBoard board, Consumer<LiveBoard> live) {
    switch (event) {
      case AgentEvent.Progress progress when ofThisLevel(progress.level()) -> {
        board.put(progress);
        live.accept(board);
      }
      case AgentEvent.Finished finished when ofThisLevel(finished.level()) -> {
        if (running.remove(finished.agent())) {
          clients.put(finished.agent(), finished.client());
          starts.put(
              finished.agent(),
              new AgentStart(
                  Duration.between(named, finished.startedAt()).toNanos() / 1e6, finished.clock()));
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
          if (taken.event() instanceof AgentEvent.RecordBatch batch && ofThisLevel(batch.level())) {
            accept(batch, batches, taken);
          }
          taken.ack();
          if (taken.event() instanceof AgentEvent.Failed failed) {
            throw RunFailure.failed("agent %s: %s".formatted(failed.agent(), failed.reason()));
          }
        });
    return entry.map(Inbox.Entry::event);
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
   * nobody waiting: its silence ends the level.
   */
  void stop(String reason) {
    stopSent = true;
    AgentCommand stop = new AgentCommand.Stop(run.id(), reason);
    shares.keySet().forEach(agent -> run.orders().tell(agent, stop));
  }

  /** What is known now; complete once {@link #measure} has returned. */
  LevelEvidence evidence(LevelSetting setting, String workload, Optional<String> stopped) {
    return new LevelEvidence(
        level,
        run.plan().request(),
        tally,
        clients,
        certificates,
        gaps,
        tokens,
        setting,
        new Attendance(starts, lost),
        workload,
        stopped,
        run.plan().maxClientError(),
        run.ownEngine());
  }
}
