package io.streamgauge.controller;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.message.ControllerCommand;
import io.streamgauge.common.message.ControllerReply;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.message.FleetCall;
import io.streamgauge.common.message.Message;
import io.streamgauge.common.message.Register;
import io.streamgauge.common.message.RunEvent;
import io.streamgauge.common.node.Node;
import io.streamgauge.common.plan.PlanFile;
import io.streamgauge.common.trust.CommandSigner;
import io.streamgauge.common.trust.ControllerKeys;
import io.streamgauge.controller.store.Site;
import io.streamgauge.controller.wait.RunLimits;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A controller and scripted agents on an event bus of their own. */
final class LocalController implements AutoCloseable {
  private static final CommandSigner SIGNER =
      new CommandSigner(ControllerKeys.fresh().privateKey());
  static final String RUN = "run1";
  private static final Duration LONG = Duration.ofSeconds(30);

  /** Limits that no test runs into. */
  static final RunLimits PATIENT = new RunLimits(LONG, LONG, LONG, LONG, LONG, LONG, LONG);

  private final Vertx vertx = Node.local();
  private final BlockingQueue<RunEvent> events = new LinkedBlockingQueue<>();

  private final ControllerVerticle verticle;

  LocalController(Path output, RunLimits limits, ScriptedAgent... agents) {
    this(Site.embedded(output, true), limits, agents);
  }

  /** One whose runs another can take up; what it takes up itself is watched as {@link #RUN}. */
  static LocalController journaled(Path output, RunLimits limits, ScriptedAgent... agents) {
    return new LocalController(
        new Site(output, false, true, true, Optional.empty(), "here"), limits, agents);
  }

  private LocalController(Site site, RunLimits limits, ScriptedAgent... agents) {
    verticle = new ControllerVerticle(SIGNER, site, limits);
    if (site.journaled()) {
      Endpoints.watch(vertx, RUN, events::add);
    }
    await(
        vertx.deployVerticle(
            () -> verticle,
            new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD)));
    for (ScriptedAgent agent : agents) {
      await(vertx.deployVerticle(agent));
    }
  }

  ControllerVerticle verticle() {
    return verticle;
  }

  void deploy(Deployable other) {
    await(vertx.deployVerticle(other));
  }

  /** Tells the controller of an agent, whatever it thinks of it. */
  void meet(FleetCall call) {
    await(Endpoints.fleet().ask(vertx, call).transform(_ -> Future.succeededFuture()));
  }

  ControllerReply ask(ControllerCommand command) {
    return await(Endpoints.control().askHere(vertx, command));
  }

  ControllerReply submit(String plan) {
    Endpoints.watch(vertx, RUN, events::add);
    return submitAs(RUN, plan);
  }

  ControllerReply submitAs(String run, String plan) {
    return ask(new ControllerCommand.Submit(run, PlanFile.parse("test", plan)));
  }

  /** The run that agents are told of. */
  Optional<String> running() {
    AgentInfo nobody = new AgentInfo("nobody", Set.of(), "host", 1, 1, "1.0", "25");
    return await(
            Endpoints.fleet()
                .ask(
                    vertx, new Register(Message.PROTOCOL, "0", "nobody", nobody, Optional.empty())))
        .run();
  }

  ControllerReply cancel(RunStatus status) {
    return ask(new ControllerCommand.Cancel(RUN, status));
  }

  /** Runs the plan to its end. */
  RunEvent.Ended run(String plan) {
    if (submit(plan) instanceof ControllerReply.Rejected(String reason)) {
      throw new AssertionError("rejected: " + reason);
    }
    return ended();
  }

  RunEvent.Ended ended() {
    return next(RunEvent.Ended.class, _ -> true);
  }

  /** The next event that is wanted; those before it are dropped. */
  <E extends RunEvent> E next(Class<E> type, Predicate<E> wanted) {
    try {
      while (true) {
        RunEvent event = events.poll(LONG.toSeconds(), TimeUnit.SECONDS);
        if (event == null) {
          throw new AssertionError("no " + type.getSimpleName() + " came");
        }
        if (type.isInstance(event) && wanted.test(type.cast(event))) {
          return type.cast(event);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The result file of a run's only backend. */
  static JsonNode result(RunEvent.Ended ended) {
    try {
      return Json.MAPPER.readTree(Files.readAllBytes(Path.of(ended.results().getFirst().json())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of the requests file beside it, without the header. */
  static List<String> requests(RunEvent.Ended ended) {
    try {
      String json = ended.results().getFirst().json();
      return Files.readAllLines(Path.of(json.replace(".json", "_requests.csv"))).stream()
          .skip(1)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
