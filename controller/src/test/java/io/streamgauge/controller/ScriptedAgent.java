package io.streamgauge.controller;

import io.streamgauge.common.HostPort;
import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.agent.TargetProbe;
import io.streamgauge.common.clock.ClockReading;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.PromptsId;
import io.streamgauge.common.engine.EngineInfo;
import io.streamgauge.common.engine.EngineReading;
import io.streamgauge.common.engine.EngineSample;
import io.streamgauge.common.gpu.GpuInfo;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.histogram.TokenSeries;
import io.streamgauge.common.measure.Counts;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.message.Ack;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.message.AgentEvent.LevelGaps;
import io.streamgauge.common.message.AgentReply;
import io.streamgauge.common.message.ControllerCommand;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.message.Message;
import io.streamgauge.common.message.Order;
import io.streamgauge.common.message.Register;
import io.streamgauge.common.message.Registered;
import io.streamgauge.common.node.Version;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An agent without load: it accepts whatever it is told, reports at once what a good agent would
 * report in the end, and remembers the commands. Tests override a step to misbehave.
 */
class ScriptedAgent implements Deployable {
  private static final long HEARTBEAT_MILLIS = 1_000;
  private static final ClockReading CLOCK = new ClockReading(1_500_000, 250_000);
  static final EngineInfo ENGINE =
      new EngineInfo(
          "vllm",
          "a",
          Optional.of("1.2"),
          Optional.of("/usr/bin/vllm"),
          List.of("/usr/bin/vllm", "serve"),
          Optional.empty(),
          51.25,
          Map.of("health", 50.5, "models", 50.75, "completion", 51.25));
  static final AgentReply ACCEPTED = new AgentReply.Accepted();

  final String id;
  final List<AgentCommand> commands = new CopyOnWriteArrayList<>();

  /** Those that it was sent. */
  final List<Prompt> prompts = new CopyOnWriteArrayList<>();

  private final Set<String> roles;

  /** Those of its host. */
  volatile List<GpuInfo> gpus = List.of();

  /** Of its tool. */
  volatile String version = Version.TOOL;

  /** Where its process takes part in a cluster; nowhere by default. */
  volatile Optional<HostPort> place = Optional.empty();

  /** Whether it is as good as dead: its heart stands still. */
  volatile boolean silent;

  private Vertx vertx;

  /** An agent that fires load and starts engines. */
  ScriptedAgent(String id) {
    this(id, Set.of("load", "gpu"));
  }

  ScriptedAgent(String id, Set<String> roles) {
    this.id = id;
    this.roles = roles;
  }

  @Override
  public Future<?> deploy(Context context) {
    vertx = context.owner();
    vertx.setPeriodic(HEARTBEAT_MILLIS, _ -> heartbeat());
    return Endpoints.agent(id)
        .serve(vertx, order -> Future.succeededFuture(dispatch(read(order))))
        .completion()
        .compose(_ -> heartbeat());
  }

  private Future<Registered> heartbeat() {
    AgentInfo info = new AgentInfo(id, roles, "host-" + id, 4, 2, version, "25", gpus);
    return silent
        ? Future.failedFuture("silent")
        : Endpoints.fleet()
            .ask(
                vertx,
                new Register(
                    Message.PROTOCOL, "1", id, info, Optional.of(CLOCK), Optional.empty(), place));
  }

  /** Whoever signed it: scripts are trusting. */
  private static AgentCommand read(Order order) {
    return Order.read(order.signed().runId(), order.signed().body());
  }

  private AgentReply dispatch(AgentCommand command) {
    if (command instanceof AgentCommand.Prepare prepare && !holds(prepare.prompts())) {
      return new AgentReply.NeedsPrompts();
    }
    commands.add(command);
    return switch (command) {
      case AgentCommand.LoadPrompts part -> load(part);
      case AgentCommand.Prepare prepare -> prepare(prepare);
      case AgentCommand.CountTokens count -> count(count);
      case AgentCommand.Start start -> start(start);
      case AgentCommand.Stop stop -> stop(stop);
      case AgentCommand.StartNoMore _ -> new AgentReply.Accepted();
      case AgentCommand.StartEngine start -> startEngine(start);
      case AgentCommand.StopEngine stop -> stopEngine(stop);
      case AgentCommand.WatchGpus watch -> watchGpus(watch);
      case AgentCommand.UnwatchGpus _, AgentCommand.WatchEngine _, AgentCommand.UnwatchEngine _ ->
          ACCEPTED;
      case AgentCommand.ReadEngine read -> readEngine(read);
    };
  }

  private boolean holds(PromptsId id) {
    return !prompts.isEmpty() && PromptsId.of(prompts).equals(id);
  }

  AgentReply load(AgentCommand.LoadPrompts part) {
    if (part.first() == 0) {
      prompts.clear();
    }
    prompts.addAll(part.prompts());
    return ACCEPTED;
  }

  AgentReply prepare(AgentCommand.Prepare order) {
    prepared(order, "m");
    return ACCEPTED;
  }

  /** Of a server whose template has ten tokens, and a token a word. */
  AgentReply count(AgentCommand.CountTokens order) {
    List<Integer> counts =
        order.texts().stream().map(text -> 10 + text.split(" ", -1).length).toList();
    report(
        new AgentEvent.TokensCounted(
            order.runId(), id, order.number(), counts, "by word", Optional.empty()));
    return ACCEPTED;
  }

  AgentReply start(AgentCommand.Start order) {
    deliver(order, 0, SampleRequest.number(0)).compose(_ -> finish(order));
    return ACCEPTED;
  }

  AgentReply stop(AgentCommand.Stop order) {
    return ACCEPTED;
  }

  AgentReply startEngine(AgentCommand.StartEngine order) {
    report(new AgentEvent.EngineReady(order.runId(), id, "http://127.0.0.1:9", ENGINE));
    return ACCEPTED;
  }

  AgentReply stopEngine(AgentCommand.StopEngine order) {
    report(new AgentEvent.EngineStopped(order.runId(), id, Optional.empty()));
    return ACCEPTED;
  }

  AgentReply watchGpus(AgentCommand.WatchGpus order) {
    return ACCEPTED;
  }

  /** Of a server without a metrics page. */
  AgentReply readEngine(AgentCommand.ReadEngine order) {
    read(order, Optional.empty());
    return ACCEPTED;
  }

  final Future<Ack> read(AgentCommand.ReadEngine order, Optional<EngineSample> told) {
    Optional<String> trouble =
        told.isPresent() ? Optional.empty() : Optional.of("the server answers 404");
    return report(
        new AgentEvent.EngineRead(
            order.runId(),
            id,
            order.number(),
            Instant.now(),
            ClockReading.SAME,
            new EngineReading(told, trouble, Optional.empty())));
  }

  final Future<Ack> report(AgentEvent event) {
    return Endpoints.run(event.runId()).ask(vertx, event);
  }

  /** As the user would, at this very moment of the script. */
  final void cancel(AgentCommand order, RunStatus status) {
    Endpoints.control().askHere(vertx, new ControllerCommand.Cancel(order.runId(), status));
  }

  final Future<Ack> prepared(AgentCommand.Prepare order, String... models) {
    TargetProbe probe = TargetProbe.of(List.of(models));
    return report(
        new AgentEvent.Prepared(
            order.runId(), id, order.level().name(), order.attempt(), probe, Optional.empty()));
  }

  final Future<Ack> deliver(AgentCommand.Start order, long number, SampleRequest... requests) {
    List<RequestRecord> records =
        Arrays.stream(requests)
            .map(request -> request.agent(id).level(order.level()).build())
            .toList();
    return report(new AgentEvent.RecordBatch(order.runId(), id, order.level(), number, records));
  }

  final Future<Ack> progress(AgentCommand.Start order, long done) {
    return progress(order, Outcome.OK, done, 1);
  }

  final Future<Ack> progress(AgentCommand.Start order, Outcome outcome, long done, long inFlight) {
    long tokens = outcome == Outcome.OK ? done * 10 : 0;
    Counts counts = new Counts(Map.of(outcome, done), 0, tokens, tokens);
    return report(
        new AgentEvent.Progress(
            order.runId(),
            id,
            order.level(),
            counts,
            inFlight,
            counts.outputTokens(),
            SampleLevel.millis(20),
            Distribution.ZERO));
  }

  final Future<Ack> finish(AgentCommand.Start order) {
    return finish(order, Optional.empty());
  }

  final Future<Ack> finish(AgentCommand.Start order, Optional<AgentEvent.Early> early) {
    return report(
        new AgentEvent.Finished(
            order.runId(),
            id,
            order.level(),
            SampleLevel.calmClient(3),
            new LevelGaps(SampleLevel.millis(10, 10), SampleLevel.millis(10, 10)),
            TokenSeries.of(0, 0, 1, 1, 1),
            Optional.of(order.at()),
            ClockReading.SAME,
            early));
  }

  final <C extends AgentCommand> List<C> received(Class<C> type) {
    return commands.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
