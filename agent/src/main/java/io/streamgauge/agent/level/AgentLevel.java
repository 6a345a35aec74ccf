package io.streamgauge.agent.level;

import io.streamgauge.agent.AgentOptions;
import io.streamgauge.agent.calibrate.Calibration;
import io.streamgauge.agent.client.KeyVariable;
import io.streamgauge.agent.client.TargetProber;
import io.streamgauge.agent.host.CompilerRest;
import io.streamgauge.agent.host.Garbage;
import io.streamgauge.agent.host.ProcessWatch;
import io.streamgauge.agent.link.Delivery;
import io.streamgauge.agent.link.Heartbeat;
import io.streamgauge.agent.link.RecordUploader;
import io.streamgauge.agent.load.EncodedPrompts;
import io.streamgauge.agent.load.LaneReport;
import io.streamgauge.agent.load.LaneTask;
import io.streamgauge.agent.load.LaneVerticle;
import io.streamgauge.agent.stream.Rehearsal;
import io.streamgauge.common.agent.ClientStats;
import io.streamgauge.common.agent.HostCalibration;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.measure.Counts;
import io.streamgauge.common.measure.Distribution;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.TokenSeries;
import io.streamgauge.common.message.AgentCommand.Prepare;
import io.streamgauge.common.message.AgentCommand.Start;
import io.streamgauge.common.message.AgentEvent.Early;
import io.streamgauge.common.message.AgentEvent.Failed;
import io.streamgauge.common.message.AgentEvent.Finished;
import io.streamgauge.common.message.AgentEvent.LevelGaps;
import io.streamgauge.common.message.AgentEvent.Prepared;
import io.streamgauge.common.message.AgentEvent.Progress;
import io.streamgauge.common.message.AgentEvent.RecordBatch;
import io.streamgauge.common.node.ConnectionRoom;
import io.streamgauge.common.plan.load.Lane;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An agent's share of one level: its lanes, and the sum of what they report. On the agent's
 * context.
 */
public final class AgentLevel {
  private static final Logger log = LoggerFactory.getLogger(AgentLevel.class);
  private static final long PROGRESS_MILLIS = 1_000;
  private static final int CLOCK_SAMPLES = 5;

  private final Vertx vertx;
  private final Context context;
  private final String agent;
  private final Prepare order;
  private final List<Prompt> prompts;
  private final Heartbeat heartbeat;
  private final Calibration calibration;
  private final Delivery delivery;
  private final RecordUploader uploader;
  private final List<LaneVerticle> lanes = new ArrayList<>();
  private final Promise<Void> over = Promise.promise();
  private final List<String> deployments = new ArrayList<>();
  private final Map<Integer, LaneReport> latest = new TreeMap<>();
  private @Nullable ProcessWatch watch;
  private long progressTimer = -1;
  private Optional<Early> early = Optional.empty();
  private Optional<Began> began = Optional.empty();
  private @Nullable Requests requests;
  private Optional<Outcome> halted = Optional.empty();
  private boolean finished;
  private boolean failed;
  private boolean closed;

  /** The instant that a controller named, and the same on this machine's monotonic clock. */
  private record Began(Instant named, long at, String controller) {
    Duration ago() {
      return Duration.ofNanos(Math.max(0, System.nanoTime() - at));
    }
  }

  /** What the lanes send, for the model that requests are taken to name. */
  private record Requests(String model, EncodedPrompts encoded) {}

  public AgentLevel(
      Vertx vertx,
      Context context,
      String agent,
      Heartbeat heartbeat,
      Calibration calibration,
      Prepare order,
      List<Prompt> prompts) {
    this.vertx = vertx;
    this.context = context;
    this.agent = agent;
    this.order = order;
    this.prompts = prompts;
    this.heartbeat = heartbeat;
    this.calibration = calibration;
    this.delivery = new Delivery(vertx);
    this.uploader =
        new RecordUploader(
            (number, records) ->
                new RecordBatch(order.runId(), agent, order.level().name(), number, records),
            batch -> delivery.deliver(batch, this::open),
            () -> guarded(this::finishWhenDone));
  }

  public String runId() {
    return order.runId();
  }

  public String name() {
    return order.level().name();
  }

  /** Deploys the lanes, asks the target for its models, encodes the requests and reports. */
  public void prepare() {
    Optional<String> apiKey = KeyVariable.of(order.target());
    for (var lane : order.share().all()) {
      LaneTask task = task(lane, apiKey);
      lanes.add(
          new LaneVerticle(
              task,
              report -> context.runOnContext(_ -> guarded(() -> take(report))),
              error -> context.runOnContext(_ -> bug(task, error))));
    }
    vertx
        .executeBlocking(this::lack)
        .compose(
            lack ->
                lack.<Future<?>>map(reason -> Future.failedFuture("it needs " + reason))
                    .orElseGet(this::deploy))
        .compose(_ -> certificate())
        .compose(
            certificate ->
                TargetProber.probe(vertx, order.target(), apiKey)
                    .compose(probe -> encode(probe.modelOf(order.target())).map(probe))
                    .map(
                        probe ->
                            new Prepared(
                                order.runId(), agent, name(), order.attempt(), probe, certificate)))
        .compose(prepared -> CompilerRest.after(vertx).map(prepared))
        .compose(prepared -> Garbage.collect(vertx).map(prepared))
        .compose(prepared -> connect().map(prepared))
        .compose(prepared -> heartbeat.sample(CLOCK_SAMPLES).map(prepared))
        .compose(prepared -> delivery.deliver(prepared, this::open))
        .onFailure(error -> fail("cannot prepare level " + name() + ": " + error.getMessage()));
  }

  private LaneTask task(Lane lane, Optional<String> apiKey) {
    return new LaneTask(
        order.runId(),
        agent,
        lane,
        order.level(),
        order.target(),
        apiKey,
        order.request(),
        order.observation(),
        order.seed());
  }

  /** Off the lanes and off this context: a large dataset takes seconds. */
  private Future<EncodedPrompts> encode(String model) {
    LaneTask task = task(order.share().all().getFirst(), Optional.empty());
    return vertx
        .executeBlocking(
            () -> {
              Rehearsal.once();
              return task.encode(model, prompts);
            },
            false)
        .onSuccess(encoded -> requests = new Requests(model, encoded));
  }

  private Optional<String> lack() {
    int port = order.target().address().connectPort();
    return ConnectionRoom.look()
        .lack(order.share().connections(order.level()), ConnectionRoom.filesEach(port));
  }

  private Future<?> deploy() {
    return Future.all(
        lanes.stream().map(lane -> vertx.deployVerticle(lane).onSuccess(this::deployed)).toList());
  }

  private Future<Void> connect() {
    return Future.all(lanes.stream().map(LaneVerticle::connect).toList()).mapEmpty();
  }

  /** A lane may come up when the level has already been given up. */
  private void deployed(String id) {
    if (closed) {
      vertx.undeploy(id);
    } else {
      deployments.add(id);
    }
  }

  /** A host that cannot be tried can still be measured from; its result says so. */
  private Future<Optional<HostCalibration>> certificate() {
    return calibration
        .of(order.level(), order.share())
        .map(Optional::of)
        .otherwise(
            error -> {
              log.warn("this host has no certificate: {}", error.toString());
              return Optional.empty();
            });
  }

  private void bug(Object part, Throwable error) {
    log.error("{} broke", part, error);
    fail("a bug in %s: %s (stack trace in the agent's log)".formatted(part, error));
  }

  /** Whatever is thrown here, the controller hears of the level's end. */
  private void guarded(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException error) {
      bug("level " + name(), error);
    }
  }

  private void fail(String reason) {
    if (open() && !failed) {
      failed = true;
      lanes.forEach(lane -> lane.halt(Outcome.CANCELLED));
      delivery
          .deliver(new Failed(order.runId(), agent, reason), this::open)
          .onComplete(_ -> close());
    }
  }

  /**
   * Maps the start instant to this machine's monotonic clock, once, and starts every lane there.
   *
   * @throws IllegalStateException when the controller's clock is not known
   */
  public void start(Start start) {
    if (began.isPresent()) {
      return;
    }
    long at = heartbeat.clock().monotonic(start.at(), System.nanoTime());
    began = Optional.of(new Began(start.at(), at, heartbeat.controller()));
    watch = new ProcessWatch();
    progressTimer = vertx.setPeriodic(PROGRESS_MILLIS, _ -> progress());
    Requests ready = requests;
    if (ready != null && ready.model().equals(start.model())) {
      begin(ready.encoded(), start, at);
    } else { // another agent has seen another model: late, but with the right name
      encode(start.model())
          .onSuccess(encoded -> begin(encoded, start, at))
          .onFailure(error -> bug("level " + name(), error));
    }
  }

  private void begin(EncodedPrompts encoded, Start start, long at) {
    if (!open() || failed) {
      return;
    }
    lanes.forEach(lane -> lane.begin(encoded, start.ownEngine(), at));
    halted.ifPresent(outcome -> lanes.forEach(lane -> lane.halt(outcome)));
  }

  /**
   * Stops the load; what is in flight ends with that outcome. A level that never started is over at
   * once.
   */
  public void halt(Outcome inFlight) {
    if (began.isPresent()) {
      halted = Optional.of(halted.orElse(inFlight));
      lanes.forEach(lane -> lane.halt(inFlight));
    } else {
      close();
    }
  }

  /**
   * Stops the load of a level that the controller did not end; what was measured is still
   * delivered.
   */
  public void end(String reason) {
    if (early.isEmpty() && open()) {
      early = Optional.of(new Early(reason, began.map(Began::ago).orElse(Duration.ZERO)));
      halt(Outcome.CANCELLED);
    }
  }

  /** Completes when the level is delivered or given up. */
  public Future<Void> over() {
    return over.future();
  }

  private void take(LaneReport report) {
    latest.put(report.lane(), report);
    if (!report.records().isEmpty()) {
      uploader.add(report.records());
    }
    finishWhenDone();
  }

  /** Not repeated: the next one, a second later, says more. */
  private void progress() {
    delivery.deliver(
        new Progress(
            order.runId(),
            agent,
            name(),
            latest.values().stream().map(LaneReport::counts).reduce(Counts.ZERO, Counts::plus),
            latest.values().stream().mapToLong(LaneReport::inFlight).sum(),
            sum(LaneReport::ttft),
            sum(report -> report.gaps().itl())),
        () -> false);
  }

  private Distribution sum(Function<LaneReport, Distribution> part) {
    return latest.values().stream().map(part).reduce(Distribution.ZERO, Distribution::plus);
  }

  private void finishWhenDone() {
    boolean lanesOver =
        latest.size() == lanes.size() && latest.values().stream().allMatch(LaneReport::last);
    if (began.isEmpty() || finished || failed || !lanesOver || !uploader.empty()) {
      return;
    }
    finished = true;
    ClientStats lanesAlone =
        latest.values().stream()
            .flatMap(report -> report.client().stream())
            .reduce(ClientStats.ZERO, ClientStats::plus);
    ClientStats client = watched(lanesAlone);
    LevelGaps gaps =
        latest.values().stream().map(LaneReport::gaps).reduce(LevelGaps.EMPTY, LevelGaps::plus);
    TokenSeries tokens =
        latest.values().stream()
            .map(LaneReport::tokens)
            .reduce(TokenSeries.ZERO, TokenSeries::plus);
    OptionalLong startedAt =
        latest.values().stream().flatMapToLong(report -> report.startedAt().stream()).min();
    heartbeat
        .sample(CLOCK_SAMPLES)
        .compose(_ -> delivery.deliver(finished(client, gaps, tokens, startedAt), this::open))
        .onSuccess(_ -> close())
        .onFailure(this::unfinished);
  }

  /**
   * A process that cannot be looked at, perhaps for want of a file, has been measured from all the
   * same.
   */
  private ClientStats watched(ClientStats lanesAlone) {
    try {
      return watch == null ? lanesAlone : lanesAlone.in(AgentOptions.process(), watch.stats());
    } catch (RuntimeException e) {
      log.warn("nothing is known of this process in level {}", name(), e);
      return lanesAlone;
    }
  }

  /** What was given up is not to be delivered; anything else must not stay unsaid. */
  private void unfinished(Throwable error) {
    if (open()) {
      bug("the end of level " + name(), error);
    }
  }

  private Finished finished(
      ClientStats client, LevelGaps gaps, TokenSeries tokens, OptionalLong startedAt) {
    return new Finished(
        order.runId(),
        agent,
        name(),
        client,
        gaps,
        tokens,
        startedAt.isEmpty() ? Optional.empty() : Optional.of(told(startedAt.getAsLong())),
        heartbeat.reading().orElseThrow(),
        early);
  }

  /** Why it takes no order to start any more. */
  public Optional<String> refusal() {
    return closed
        ? Optional.of(
            "level %s is over here%s"
                .formatted(name(), early.map(end -> ": " + end.reason()).orElse("")))
        : failed ? Optional.of("level %s has failed here".formatted(name())) : Optional.empty();
  }

  /** By the clock of the controller that named the start: one that took over has another. */
  private Instant told(long monotonic) {
    Began began = this.began.orElseThrow();
    return began.controller().equals(heartbeat.controller())
        ? heartbeat.clock().remote(monotonic, System.nanoTime())
        : began.named().plusNanos(monotonic - began.at());
  }

  private boolean open() {
    return !closed;
  }

  /** Gives up what nobody takes, and says what is lost. */
  public void giveUp() {
    if (open()) {
      log.warn(
          "the controller has not carried run {} for ten minutes: {} records of level {} are lost",
          order.runId(),
          uploader.left(),
          name());
      close();
    }
  }

  /** Gives up what is left of the level. */
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    vertx.cancelTimer(progressTimer);
    if (watch != null) {
      watch.close();
    }
    deployments.forEach(vertx::undeploy);
    over.tryComplete();
  }
}
