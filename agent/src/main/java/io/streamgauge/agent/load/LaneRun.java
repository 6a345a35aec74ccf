package io.streamgauge.agent.load;

import io.streamgauge.agent.client.ConnectionPool;
import io.streamgauge.agent.client.TargetClient;
import io.streamgauge.agent.client.answer.Records;
import io.streamgauge.agent.client.answer.TextRoom;
import io.streamgauge.agent.client.answer.Timeline;
import io.streamgauge.common.Seeds;
import io.streamgauge.common.agent.ClientStats;
import io.streamgauge.common.histogram.DistributionRecorder;
import io.streamgauge.common.histogram.TokenSeries;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.plan.load.ArrivalSchedule;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.common.plan.load.PromptOrder;
import io.streamgauge.common.plan.request.ModelMix;
import io.streamgauge.common.secret.KnownSecrets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One lane's stripe of a level from its start to its last answer. All on the lane's event loop. */
public final class LaneRun {
  private static final long REPORT_NANOS = 250_000_000;

  private final LaneTask task;
  private final TargetClient client;
  private final LongSupplier clock;
  private final Timers timers;
  private final Consumer<LaneReport> reports;
  private final Consumer<Timeline> finished;
  private final EncodedPrompts prompts;
  private final PromptOrder order;
  private final @Nullable ModelMix mix;

  private final String requestIds;
  private final Pacer pacer;
  private final DistributionRecorder scheduleLag = new DistributionRecorder();
  private final DistributionRecorder turnaround = new DistributionRecorder();
  private final LaneLog log = new LaneLog();
  private final LoopLag loopLag;
  private final @Nullable TextRoom texts;
  private final Doubts doubts;
  private final Thinking thinking;
  private final boolean ownEngine;
  private final KnownSecrets secrets;
  private Records.Origin origin;
  private @Nullable LoopCpu cpu;
  private OptionalLong startedAt = OptionalLong.empty();
  private long sent;
  private long laterTurns;

  /** Sessions whose last turn is still to come. */
  private int goingOn;

  private boolean over;

  /**
   * All consumers are called on the event loop.
   *
   * @param ownEngine whether the tool started the target, so that its death will be told
   * @param finished sees each timeline when its request has ended
   */
  public LaneRun(
      LaneTask task,
      EncodedPrompts prompts,
      boolean ownEngine,
      TargetClient client,
      LongSupplier clock,
      Timers timers,
      Consumer<LaneReport> reports,
      Consumer<Timeline> finished) {
    this.task = task;
    this.ownEngine = ownEngine;
    this.client = client;
    this.clock = clock;
    this.timers = timers;
    this.reports = reports;
    this.finished = finished;
    this.prompts = prompts;
    this.order = new PromptOrder(prompts.count(), task.seed());
    this.mix = task.target().mix().orElse(null);
    this.requestIds = task.run() + "-" + task.level().name() + "-";
    this.pacer = pacer();
    this.loopLag = new LoopLag(clock, timers);
    this.texts = task.keepsText() ? TextRoom.ofLane(task.lane().of()) : null;
    this.doubts = new Doubts(timers);
    this.thinking = new Thinking(clock, timers);
    this.secrets =
        KnownSecrets.of(
            task.target().url(), task.apiKey().stream().toList(), task.target().headers());
    this.origin = origin(0);
  }

  private Records.Origin origin(long start) {
    return new Records.Origin(
        task.level().name(),
        task.agent(),
        task.lane().index(),
        start,
        task.answers().deadlines(),
        secrets);
  }

  private Pacer pacer() {
    return switch (task.level().load()) {
      case ClosedLoop closed ->
          new ClosedPacer(
              closed,
              task.level().extent(),
              task.lane(),
              clock,
              timers,
              this::send,
              scheduleLag,
              turnaround);
      case OpenLoop open ->
          new OpenPacer(
              open,
              task.level().extent(),
              task.lane(),
              ArrivalSchedule.of(
                  open, task.level().extent(), Seeds.derive(task.seed(), "arrivals", 0)),
              clock,
              timers,
              this::send,
              scheduleLag);
    };
  }

  /** Begins at {@code start}, in ns of the lane's clock, which may lie ahead. */
  public void start(long start) {
    origin = origin(start);
    if (!client.tellLateness(loopLag::late)) {
      loopLag.start();
    }
    timers.after(
        start - clock.getAsLong(),
        () -> {
          if (!over) {
            cpu = new LoopCpu();
            startedAt = OptionalLong.of(clock.getAsLong());
            pacer.start(start);
            report();
          }
        });
  }

  /** Ends the load now; what is in flight ends with that outcome. */
  public void stop(Outcome inFlight) {
    pacer.stop();
    thinking.end();
    client.cancelAll(inFlight);
    doubts.end(inFlight);
    finishWhenDone();
  }

  /** Starts no more; what is in flight ends by itself. */
  public void startNoMore() {
    pacer.stop();
    thinking.end();
    client.keepNoMore();
    finishWhenDone();
  }

  private void send(long index, long due) {
    int model = mix == null ? 0 : mix.modelOf(task.seed(), index);
    Session session = prompts.session(index, model, order.promptOf(index));
    goingOn += session.last() ? 0 : 1;
    sendTurn(session, due);
  }

  private void sendTurn(Session session, long due) {
    sent++;
    Timeline timeline =
        new Timeline(session.index(), idOf(session), due, clock.getAsLong(), session.limit());
    if (prompts.inTurns()) {
      timeline.ofSession(session.place());
    }
    if (session.needsAnswer()) {
      timeline.keepHistory();
    }
    if (texts != null) {
      timeline.keepText(texts);
    }
    task.traces().ifPresent(traces -> timeline.tracedAs(traces.of(timeline.requestId)));
    client.send(timeline, session.body(), finished -> ended(finished, session));
  }

  private String idOf(Session session) {
    String id = requestIds + session.index();
    return prompts.inTurns() ? id + "." + session.place().number() : id;
  }

  private void ended(Timeline timeline, Session session) {
    if (ownEngine && timeline.brokenOff()) {
      doubts.hold(timeline, () -> record(timeline, session));
    } else {
      record(timeline, session);
    }
  }

  private void record(Timeline timeline, Session session) {
    finished.accept(timeline);
    log.add(timeline, Records.of(timeline, session.prompt(), origin), origin.start());
    if (timeline.answered() && !session.last() && !pacer.closed()) {
      goOn(timeline, session);
    } else {
      goingOn -= session.last() ? 0 : 1;
      pacer.ended(timeline.index(), timeline.answered(), timeline.ended);
    }
    if (pacer.exhausted() && (pacer.closed() || goingOn + thinking.size() == 0)) {
      client.keepNoMore();
    }
    finishWhenDone();
  }

  /** The body is made ready now, because nothing is due in the time in which the user thinks. */
  private void goOn(Timeline timeline, Session session) {
    long due = session.next(timeline.due, timeline.ended, timeline.said());
    goingOn -= session.last() ? 1 : 0;
    thinking.until(
        due,
        () -> {
          if (!pacer.closed()) {
            laterTurns++;
            (due == timeline.ended ? turnaround : scheduleLag).record(clock.getAsLong() - due);
            sendTurn(session, due);
          }
          finishWhenDone();
        });
  }

  private void report() {
    if (!over) {
      timers.after(REPORT_NANOS, this::report);
      finishWhenDone();
    }
    if (!over) {
      hand(Optional.empty());
    }
  }

  private void finishWhenDone() {
    if (!over && pacer.exhausted() && inFlight() == 0 && (pacer.closed() || thinking.size() == 0)) {
      over = true;
      thinking.end();
      loopLag.stop();
      hand(Optional.of(stats()));
    }
  }

  private int inFlight() {
    return client.inFlight() + doubts.size();
  }

  private void hand(Optional<ClientStats> client) {
    LaneLog.Distributions distributions = log.takeDistributions(client.isPresent());
    reports.accept(
        new LaneReport(
            task.lane().index(),
            log.takeRecords(),
            log.counts(),
            inFlight(),
            log.arrived() + this.client.chunksInFlight() + doubts.chunks(),
            distributions.ttft(),
            distributions.gaps(),
            startedAt,
            client.isPresent() ? log.tokens() : TokenSeries.ZERO,
            client));
  }

  private ClientStats stats() {
    ConnectionPool connections = client.connections();
    long cpuNanos = cpu == null ? 0 : cpu.nanos();
    long wallNanos = startedAt.isEmpty() ? 0 : clock.getAsLong() - startedAt.getAsLong();
    return new ClientStats(
        loopLag.distribution(),
        scheduleLag.snapshot(),
        connections.connectTimes(),
        connections.openedCount(),
        connections.reusedCount(),
        connections.resentCount(),
        pacer.asked() + laterTurns,
        sent,
        pacer.dropped(),
        pacer.heldNanos(),
        1,
        cpuNanos,
        wallNanos <= 0 ? 0 : (double) cpuNanos / wallNanos,
        client.stamps().largestRead(),
        client.stamps().stats(),
        turnaround.snapshot(),
        Map.of());
  }
}
