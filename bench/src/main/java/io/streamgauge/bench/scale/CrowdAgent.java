package io.streamgauge.bench.scale;

import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.agent.ClientStats;
import io.streamgauge.common.agent.StampStats;
import io.streamgauge.common.agent.TargetProbe;
import io.streamgauge.common.clock.ClockReading;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.histogram.TokenSeriesRecorder;
import io.streamgauge.common.measure.Counts;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.message.Ack;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.message.AgentReply;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.message.Message;
import io.streamgauge.common.message.Order;
import io.streamgauge.common.message.Register;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * An agent that sends no request and reports as one that does: a heartbeat and a progress a second,
 * and four times a second the records that are due, one batch at a time. It obeys whoever orders.
 */
final class CrowdAgent extends VerticleBase {
  private static final int SECOND = 1_000;
  private static final int REPORT_MILLIS = 250;
  private static final long AGAIN_MILLIS = 500;

  /** What the agents of a process share. */
  interface Listener {
    /** The load of an agent begins. */
    void begun();

    /** A batch was acknowledged so long after it was sent, in ns. */
    void acknowledged(long nanos);

    /** An agent has reported all that it had. */
    void over();
  }

  private final Crowd crowd;
  private final int number;
  private final List<Distribution> progress;
  private final Distribution gaps;
  private final Distribution lag;
  private final Listener listener;
  private final TokenSeriesRecorder tokens = new TokenSeriesRecorder();
  private long start;
  private int reported;
  private long batches;
  private boolean busy;
  private boolean finished;

  /**
   * @param progress what agents say of TTFT after each second
   * @param gaps what each says of its gaps in the end
   * @param lag what each says of its lateness in the end
   */
  CrowdAgent(
      Crowd crowd,
      int number,
      List<Distribution> progress,
      Distribution gaps,
      Distribution lag,
      Listener listener) {
    this.crowd = crowd;
    this.number = number;
    this.progress = progress;
    this.gaps = gaps;
    this.lag = lag;
    this.listener = listener;
  }

  private String id() {
    return Crowd.id(number);
  }

  @Override
  public Future<?> start() {
    return Endpoints.agent(id())
        .serve(vertx, order -> Future.succeededFuture(obey(order)))
        .completion()
        .onSuccess(
            _ -> {
              heartbeat();
              vertx.setPeriodic(1 + phase(SECOND), SECOND, _ -> heartbeat());
            });
  }

  /** Spreads what the agents do over the time between. */
  private long phase(int period) {
    return (long) number * period / crowd.agents();
  }

  private void heartbeat() {
    AgentInfo info = new AgentInfo(id(), Set.of("load"), "host-" + number, 4, 1, "bench", "25");
    Endpoints.fleet()
        .ask(
            vertx, new Register(Message.PROTOCOL, "1", id(), info, Optional.of(ClockReading.SAME)));
  }

  private AgentReply obey(Order order) {
    switch (Order.read(order.signed().runId(), order.signed().body())) {
      case AgentCommand.Prepare prepare ->
          deliver(
              new AgentEvent.Prepared(
                  prepare.runId(),
                  id(),
                  prepare.level().name(),
                  prepare.attempt(),
                  TargetProbe.of(List.of("m")),
                  Optional.empty()));
      case AgentCommand.Start begin -> begin(begin);
      case AgentCommand.Stop _ -> giveUp();
      case AgentCommand.LoadPrompts _,
          AgentCommand.StartNoMore _,
          AgentCommand.CountTokens _,
          AgentCommand.StartEngine _,
          AgentCommand.StopEngine _,
          AgentCommand.WatchGpus _,
          AgentCommand.UnwatchGpus _,
          AgentCommand.WatchEngine _,
          AgentCommand.ReadEngine _,
          AgentCommand.UnwatchEngine _ -> {}
    }
    return new AgentReply.Accepted();
  }

  private void begin(AgentCommand.Start order) {
    long wait = Math.max(1, Duration.between(Instant.now(), order.at()).toMillis());
    vertx.setTimer(
        wait,
        _ -> {
          start = System.nanoTime();
          listener.begun();
          vertx.setPeriodic(1 + phase(SECOND), SECOND, timer -> progress(order, timer));
          vertx.setPeriodic(1 + phase(REPORT_MILLIS), REPORT_MILLIS, timer -> report(order, timer));
        });
  }

  /** The controller has given up; what it says of the run tells why. */
  private void giveUp() {
    if (!finished) {
      finished = true;
      listener.over();
    }
  }

  private int due() {
    double seconds = (System.nanoTime() - start) / 1e9;
    return (int) Math.min(crowd.each(), (long) (seconds * crowd.perSecond()));
  }

  private void progress(AgentCommand.Start order, long timer) {
    if (finished) {
      vertx.cancelTimer(timer);
      return;
    }
    int done = due();
    Counts counts =
        new Counts(
            Map.of(Outcome.OK, (long) done),
            (long) done * Crowd.INPUT_TOKENS,
            (long) done * Crowd.TOKENS,
            (long) done * Crowd.TOKENS);
    Distribution said = progress.get(Math.min(progress.size() - 1, done / crowd.perSecond()));
    Endpoints.run(order.runId())
        .ask(
            vertx,
            new AgentEvent.Progress(
                order.runId(),
                id(),
                order.level(),
                counts,
                1,
                (long) done * Crowd.TOKENS,
                said,
                said));
  }

  private void report(AgentCommand.Start order, long timer) {
    if (finished) {
      vertx.cancelTimer(timer);
      return;
    }
    int upTo = due();
    if (busy || (upTo == reported && reported < crowd.each())) {
      return;
    }
    busy = true;
    if (reported == crowd.each()) {
      finished = true;
      deliver(finished(order)).onSuccess(_ -> listener.over());
      return;
    }
    List<RequestRecord> records = new ArrayList<>();
    for (int i = reported; i < upTo; i++) {
      RequestRecord request = crowd.record(order.runId(), order.level(), number, i);
      records.add(request);
      count(request);
    }
    long sent = System.nanoTime();
    deliver(new AgentEvent.RecordBatch(order.runId(), id(), order.level(), batches, records))
        .onSuccess(
            _ -> {
              listener.acknowledged(System.nanoTime() - sent);
              batches++;
              reported = upTo;
              busy = false;
            });
  }

  private AgentEvent.Finished finished(AgentCommand.Start order) {
    return new AgentEvent.Finished(
        order.runId(),
        id(),
        order.level(),
        client(),
        new AgentEvent.LevelGaps(gaps, gaps),
        tokens.snapshot(),
        Optional.of(order.at()),
        ClockReading.SAME,
        Optional.empty());
  }

  private ClientStats client() {
    return new ClientStats(
        lag,
        lag,
        Distribution.ZERO,
        1,
        crowd.each() - 1,
        0,
        crowd.each(),
        crowd.each(),
        0,
        0,
        1,
        1_000_000_000,
        0.05,
        4_096,
        StampStats.ZERO,
        Distribution.ZERO,
        Map.of());
  }

  /** As an agent does, while it goes on: in the end all tell theirs at once. */
  private void count(RequestRecord request) {
    long span = request.lastToken() - request.firstToken();
    for (int token = 0; token < Crowd.TOKENS; token++) {
      tokens.add(request.firstToken() + span * token / (Crowd.TOKENS - 1), 1);
    }
  }

  private Future<Ack> deliver(AgentEvent event) {
    return Endpoints.run(event.runId())
        .ask(vertx, event)
        .recover(
            _ -> vertx.timer(AGAIN_MILLIS, TimeUnit.MILLISECONDS).compose(_ -> deliver(event)));
  }
}
