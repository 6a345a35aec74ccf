package io.streamgauge.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamgauge.agent.engine.kind.EngineOptions;
import io.streamgauge.agent.gpu.GpuSampling;
import io.streamgauge.agent.guard.AllowedTargets;
import io.streamgauge.agent.guard.Guard;
import io.streamgauge.agent.guard.LoadCaps;
import io.streamgauge.agent.guard.audit.AuditLog;
import io.streamgauge.agent.link.LinkLimits;
import io.streamgauge.agent.sim.SimulatedEngine;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import io.streamgauge.common.agent.HostCalibration;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.message.AgentReply;
import io.streamgauge.common.message.Order;
import io.streamgauge.common.node.Node;
import io.streamgauge.common.plan.AnswerOptions;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.Share;
import io.streamgauge.common.plan.request.RequestShape;
import io.streamgauge.common.plan.request.Target;
import io.streamgauge.common.trust.CommandSigner;
import io.streamgauge.common.trust.ControllerKeys;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class AgentVerticleTest {
  private static final String NOBODY = "http://127.0.0.1:9";
  private static final Extent LONG =
      new Extent(Optional.empty(), Optional.of(Duration.ofMinutes(10)));

  /** So many beats go by that no machine is too busy for one of them. */
  private static final LinkLimits LINK =
      new LinkLimits(Duration.ofMillis(100), Duration.ofSeconds(4));

  private final Vertx vertx = Node.local();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void anAgentTakenAwayWhileItPreparesLeavesNothingBehind() {
    var controller = new ScriptedController(vertx, Duration.ZERO);
    String agent = deploy();

    controller.command(prepare(NOBODY, Extent.of(4)));
    vertx.undeploy(agent).await();

    eventually(() -> vertx.deploymentIDs().isEmpty());
  }

  @Test
  void anAgentGetsReadyWithACertificateEvenWhenNobodyListensAtTheTarget() {
    var controller = new ScriptedController(vertx, Duration.ZERO);
    deploy();

    controller.command(prepare(NOBODY, Extent.of(4)));
    AgentEvent.Prepared ready = controller.event(AgentEvent.Prepared.class);

    assertThat(ready.probe().problem()).isPresent();
    assertThat(ready.calibration().map(HostCalibration::streams)).contains(16);
  }

  @Test
  void aLevelForWhichThisProcessHasTooFewFilesIsNotPrepared() {
    var controller = new ScriptedController(vertx, Duration.ZERO);
    deploy();

    controller.command(prepare(NOBODY, Extent.of(1_000_000), Optional.empty(), 1_000_000));

    assertThat(controller.event(AgentEvent.Failed.class).reason())
        .contains("level c1000000", "needs 1,000,000 connections at once");
  }

  @Test
  void aStartIsMappedFromTheControllersClockHoweverFarItIsFromOurs() {
    var controller = new ScriptedController(vertx, Duration.ofHours(-7));
    deploy();

    Instant named = start(controller, Extent.of(4));
    AgentEvent.Finished finished = controller.event(AgentEvent.Finished.class);

    assertThat(finished.early()).isEmpty();
    assertThat(Duration.ofNanos(finished.clock().offsetNanos()))
        .isBetween(Duration.ofHours(-7).minusSeconds(10), Duration.ofHours(-7).plusSeconds(10));
    assertThat(finished.startedAt().orElseThrow())
        .isBetween(named.minusMillis(1), controller.now());
  }

  @Test
  void aLevelThatIsStoppedBeforeItsStartHasNone() {
    var controller = new ScriptedController(vertx, Duration.ZERO);
    deploy();
    controller.command(prepare(NOBODY, Extent.of(4)));
    controller.event(AgentEvent.Prepared.class);
    controller.command(
        new AgentCommand.Start(
            ScriptedController.RUN, "c4", "m", controller.now().plusSeconds(600), false));
    controller.command(
        new AgentCommand.Stop(ScriptedController.RUN, "by the user", Outcome.CANCELLED));

    AgentEvent.Finished finished = controller.event(AgentEvent.Finished.class);

    assertThat(finished.startedAt()).isEmpty();
    assertThat(finished.client().sent()).isZero();
    assertThat(finished.client().busiestLane()).isZero();
  }

  private static Optional<String> early(ScriptedController controller) {
    return controller.event(AgentEvent.Finished.class).early().map(AgentEvent.Early::reason);
  }

  @Test
  void anAddressServesOneRun() {
    var controller = new ScriptedController(vertx, Duration.ZERO);
    deploy();
    start(controller, Extent.of(4));
    controller.event(AgentEvent.Finished.class);
    String used = controller.addresses.getLast();

    controller.run = Optional.empty();

    eventually(() -> !controller.addresses.getLast().equals(used));
  }

  @ParameterizedTest
  @CsvSource({
    "true, '', the controller was silent for 1 s",
    "false, another has your id, the controller turned this agent away for 1 s"
  })
  void loadEndsWhenNoControllerHasTheAgentAndIsDeliveredWhenOneHasItAgain(
      boolean silent, String refusal, String reason) {
    var controller = new ScriptedController(vertx, Duration.ZERO);
    vertx.deployVerticle(agent(new LinkLimits(LINK.beat(), Duration.ofSeconds(1)))).await();
    start(controller, LONG);
    controller.event(AgentEvent.RecordBatch.class);

    controller.silent = silent;
    controller.refusal = refusal;
    // It gives up an unanswered beat, and then the controller, within 10 beats each.
    eventually(() -> controller.unheard.get() > 30);
    controller.silent = false;
    controller.refusal = "";
    AgentEvent.Finished finished = controller.event(AgentEvent.Finished.class);

    assertThat(finished.early().map(AgentEvent.Early::reason)).contains(reason);
    assertThat(finished.client().sent()).isEqualTo(controller.records.get());
  }

  @Test
  void aSecondControllerThatAnswersByTurnsChangesNothingOfTheFirstOnesRun() {
    var controller = new ScriptedController(vertx, Duration.ZERO);
    deploy();
    start(controller, LONG);
    var second = new ScriptedController(vertx, Duration.ofHours(3), "second");
    second.run = Optional.empty();

    eventually(() -> second.heartbeats.get() > 4);

    assertThat(controller.addresses).hasSize(1);
    controller.command(
        new AgentCommand.Stop(ScriptedController.RUN, "by the user", Outcome.CANCELLED));
    AgentEvent.Finished finished = controller.event(AgentEvent.Finished.class);
    assertThat(finished.early()).isEmpty();
    assertThat(Duration.ofNanos(finished.clock().offsetNanos())).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void loadEndsWhenTheControllerCarriesAnotherRun() {
    var controller = new ScriptedController(vertx, Duration.ZERO);
    deploy();
    start(controller, LONG);
    controller.event(AgentEvent.RecordBatch.class);

    controller.run = Optional.of("another");

    assertThat(early(controller)).contains("the controller no longer carries the run");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLevelThatIsOverIsNotStartedAnyMore(boolean ran) {
    var controller = new ScriptedController(vertx, Duration.ZERO);
    deploy();
    if (ran) {
      start(controller, Extent.of(4));
      controller.event(AgentEvent.Finished.class);
    } else {
      controller.command(prepare(NOBODY, Extent.of(4)));
      controller.command(
          new AgentCommand.Stop(ScriptedController.RUN, "by the user", Outcome.CANCELLED));
    }
    AgentCommand.Start late =
        new AgentCommand.Start(ScriptedController.RUN, "c4", "m", controller.now(), false);

    // Its end was told, but that may not be acknowledged yet; to start again what is on is nothing.
    AgentReply reply = controller.command(late);
    for (int n = 0; n < 60 && reply instanceof AgentReply.Accepted; n++) {
      reply = controller.command(late);
    }

    assertThat(reply).isEqualTo(new AgentReply.Refused("level c4 is over here"));
  }

  @Test
  void anAgentToldToEndDeliversWhatItHasAndSaysFarewell() {
    var controller = new ScriptedController(vertx, Duration.ZERO);
    AgentVerticle agent = agent();
    vertx.deployVerticle(agent).await();
    start(controller, LONG);
    controller.event(AgentEvent.RecordBatch.class);

    agent.drain().await();

    assertThat(early(controller)).contains("the agent was told to end");
    assertThat(controller.farewell().id()).isEqualTo("agent-1");
  }

  @Test
  void anOrderOfAnotherKeyStartsNothing() {
    var controller = new ScriptedController(vertx, Duration.ZERO);
    deploy();
    controller.loadPrompts();
    Order genuine = controller.order(prepare(NOBODY, Extent.of(4)));
    Order forged =
        Order.of(
            new CommandSigner(ControllerKeys.fresh().privateKey()),
            controller.addresses.getLast(),
            prepare(NOBODY, Extent.of(4)),
            controller.now());

    assertThat(controller.send(forged)).isInstanceOf(AgentReply.Refused.class);
    assertThat(controller.send(genuine)).isInstanceOf(AgentReply.Accepted.class);
  }

  @Test
  void anAgentOfANetworkTakesNoOrderWithoutASignature() {
    var controller = new ScriptedController(vertx, Duration.ZERO);
    deploy();
    controller.loadPrompts();

    Future<AgentReply> unsigned = controller.sendHere(prepare(NOBODY, Extent.of(4)));

    assertThatThrownBy(unsigned::await).hasMessageContaining("ClassCastException");
  }

  @Test
  void anAgentOfItsControllersProcessTakesOrdersFromThereWithoutASignature() {
    var controller = new ScriptedController(vertx, Duration.ZERO);
    vertx
        .deployVerticle(
            AgentVerticle.embedded(
                AgentOptions.embedded(1, 1),
                EngineOptions.local(),
                GpuSampling.none(),
                Future.succeededFuture()))
        .await();

    assertThat(controller.sendHere(prepare(NOBODY, Extent.of(4))).await())
        .isInstanceOf(AgentReply.NeedsPrompts.class);
  }

  @Test
  void noLevelIsReadyBeforeItsProcessIsWarm() {
    var controller = new ScriptedController(vertx, Duration.ZERO);
    Promise<Void> warm = Promise.promise();
    vertx
        .deployVerticle(
            AgentVerticle.embedded(
                AgentOptions.embedded(1, 1),
                EngineOptions.local(),
                GpuSampling.none(),
                warm.future()))
        .await();
    controller.sendHere(ScriptedController.prompts()).await();
    controller.sendHere(prepare(NOBODY, Extent.of(4))).await();

    vertx.setTimer(300, _ -> warm.complete());
    controller.event(AgentEvent.Prepared.class);

    assertThat(warm.future().succeeded()).isTrue();
  }

  @Test
  void aTargetThatIsNotListedIsRefusedAndEveryCommandIsInTheLog(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("audit.jsonl");
    var controller = new ScriptedController(vertx, Duration.ZERO);
    try (AuditLog audit = AuditLog.open(file)) {
      Guard guard =
          new Guard(
              Optional.of(new AllowedTargets(List.of(), false)),
              Optional.of(Set.of()),
              LoadCaps.NONE,
              Optional.of(audit));
      vertx
          .deployVerticle(
              new AgentVerticle(
                  AgentOptions.embedded(1, 1),
                  ScriptedController.KEYS.publicKey(),
                  guard,
                  EngineOptions.local(),
                  GpuSampling.none()))
          .await();

      assertThat(controller.command(prepare("http://203.0.113.7:80", Extent.of(4))))
          .isInstanceOfSatisfying(
              AgentReply.Refused.class,
              refused ->
                  assertThat(refused.reason())
                      .contains("203.0.113.7:80 is not on this agent's list of targets"));
      assertThat(controller.command(prepare(NOBODY, Extent.of(4), Optional.of("HOME"))))
          .isInstanceOfSatisfying(
              AgentReply.Refused.class,
              refused -> assertThat(refused.reason()).contains("--allow-key HOME"));
      assertThat(controller.command(prepare(NOBODY, Extent.of(4))))
          .isInstanceOf(AgentReply.Accepted.class);
    }
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(5);
    assertThat(lines.getFirst()).contains("Prepare", "is not on this agent's list");
    assertThat(lines.get(2)).contains("Prepare", "put off: the prompts are not here");
    assertThat(lines.get(3)).contains("LoadPrompts", "prompts 1..18 of 18, sha256:", "obeyed");
    assertThat(lines.getLast()).contains("Prepare", "obeyed");
  }

  @Test
  void anOrderIsObeyedOnce() {
    var controller = new ScriptedController(vertx, Duration.ZERO);
    deploy();
    controller.loadPrompts();
    Order order = controller.order(prepare(NOBODY, Extent.of(4)));

    assertThat(controller.send(order)).isInstanceOf(AgentReply.Accepted.class);
    assertThat(controller.send(order))
        .isInstanceOfSatisfying(
            AgentReply.Refused.class,
            refused -> assertThat(refused.reason()).contains("seen before"));
  }

  /** Starts a level against an engine that answers at once; the instant that was named. */
  private Instant start(ScriptedController controller, Extent extent) {
    SimulatedEngine engine = new SimulatedEngine(SimulationOptions.defaults().withPort(0));
    vertx.deployVerticle(engine).await();
    controller.command(prepare(engine.url(), extent));
    controller.event(AgentEvent.Prepared.class);
    Instant at = controller.now().plusMillis(30);
    controller.command(
        new AgentCommand.Start(ScriptedController.RUN, "c4", "simulated", at, false));
    return at;
  }

  private String deploy() {
    return vertx.deployVerticle(agent()).await();
  }

  private static AgentVerticle agent() {
    return agent(LINK);
  }

  private static AgentVerticle agent(LinkLimits limits) {
    return new AgentVerticle(
        AgentOptions.embedded(1, 1).with(limits), ScriptedController.KEYS.publicKey());
  }

  private static AgentCommand.Prepare prepare(String url, Extent extent) {
    return prepare(url, extent, Optional.empty());
  }

  private static AgentCommand.Prepare prepare(String url, Extent extent, Optional<String> key) {
    return prepare(url, extent, key, 4);
  }

  private static AgentCommand.Prepare prepare(
      String url, Extent extent, Optional<String> key, int users) {
    return new AgentCommand.Prepare(
        ScriptedController.RUN,
        new Level("c" + users, new ClosedLoop(users, Optional.empty()), extent, false),
        0,
        new Target(url, Optional.of("model"), key, Map.of()),
        RequestShape.DEFAULT,
        AnswerOptions.DEFAULT,
        ScriptedController.PROMPTS,
        new Share(0, 2, 2),
        1,
        Optional.empty(),
        Optional.empty());
  }

  private void eventually(java.util.function.BooleanSupplier condition) {
    Promise<Void> met = Promise.promise();
    vertx.setPeriodic(
        5,
        _ -> {
          if (condition.getAsBoolean()) {
            met.tryComplete();
          }
        });
    met.future().timeout(60, TimeUnit.SECONDS).await();
  }
}
