package io.streamgauge.deploy;

import io.streamgauge.agent.AgentOptions;
import io.streamgauge.agent.AgentVerticle;
import io.streamgauge.agent.engine.kind.EngineOptions;
import io.streamgauge.agent.gpu.GpuSampling;
import io.streamgauge.agent.gpu.GpuSettings;
import io.streamgauge.agent.level.WarmUp;
import io.streamgauge.common.cli.OnSignal;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.message.ControllerCommand;
import io.streamgauge.common.message.ControllerReply;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.message.RunEvent;
import io.streamgauge.common.node.Node;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.controller.ControllerVerticle;
import io.streamgauge.controller.result.ExitCode;
import io.streamgauge.controller.store.Site;
import io.streamgauge.deploy.cli.Console;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Deploys a controller and agents on a local event bus and sees one plan through. */
public final class LocalRun {
  /** An engine is given some of them to end. */
  private static final int SECONDS_TO_WRITE = 90;

  private final Plan plan;
  private final int agents;
  private final Site site;
  private final Path engines;
  private final GpuSettings gpus;
  private final Console console;
  private final boolean web;
  private final String runId = UUID.randomUUID().toString().substring(0, 8);

  /**
   * @param site where its controller writes
   * @param engines the folder with the files of the engines
   * @param gpus how this host's are sampled; where it has none, none are
   * @param web whether the live page shows it
   */
  public LocalRun(
      Plan plan,
      int agents,
      Site site,
      Path engines,
      GpuSettings gpus,
      Console console,
      boolean web) {
    this.plan = plan.withAtLeast(agents);
    this.agents = agents;
    this.site = site;
    this.engines = engines;
    this.gpus = gpus;
    this.console = console;
    this.web = web;
  }

  /** Has a core of its own load what every run needs, while options are read. */
  static void loadAhead() {
    Thread.ofPlatform()
        .daemon()
        .name("load-ahead")
        .start(
            () -> {
              Node.load();
              Json.MAPPER.getFactory();
            });
  }

  /** Runs the plan and returns the exit code. Ctrl-C ends it with what it has. */
  public int execute() {
    GpuSampling sampling = GpuSampling.open(gpus);
    if (!sampling.nvml().problems().isEmpty()) {
      console.note(String.join("; ", sampling.nvml().problems()));
    }
    Vertx vertx = Node.local();
    Future<Void> warm = WarmUp.of(vertx, plan);
    Promise<RunEvent.Ended> ended = Promise.promise();
    CountDownLatch shown = new CountDownLatch(1);
    ControllerVerticle controller = ControllerVerticle.embedded(site);
    Optional<RunPage> page = Optional.empty();
    try {
      show(vertx, ended).await();
      deploy(vertx, controller, sampling, warm).await();
      if (web) {
        page = Optional.of(RunPage.open(vertx, controller, site.output()));
        console.note("the live page of this run is at " + page.get().url());
      }
      OnSignal onSignal = OnSignal.call(() -> interrupt(vertx, shown));
      if (Endpoints.control().askHere(vertx, new ControllerCommand.Submit(runId, plan)).await()
          instanceof ControllerReply.Rejected(String reason)) {
        throw new IllegalStateException("a controller of our own is " + reason);
      }
      int code = ended.future().await().exitCode();
      shown.countDown();
      if (code != ExitCode.INTERRUPTED) {
        onSignal.close();
      }
      return code;
    } finally {
      shown.countDown();
      page.ifPresent(RunPage::close);
      // What is closed while it is being deployed complains with a stack trace.
      warm.transform(_ -> vertx.close()).await();
      sampling.nvml().close();
    }
  }

  /**
   * On a thread of its own, because a terminal may be slow or held, and an event loop may be a
   * lane's. What cannot be shown ends no run.
   */
  private Future<?> show(Vertx vertx, Promise<RunEvent.Ended> ended) {
    return vertx.deployVerticle(
        _ -> {
          Endpoints.watch(
              vertx,
              runId,
              event -> {
                try {
                  console.show(event);
                } finally {
                  if (event instanceof RunEvent.Ended end) {
                    ended.complete(end);
                  }
                }
              });
          return Future.succeededFuture();
        },
        new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER));
  }

  /** The controller first: an agent whose first heartbeats nobody hears tries again in a second. */
  private Future<?> deploy(
      Vertx vertx, ControllerVerticle controller, GpuSampling sampling, Future<Void> warm) {
    return vertx
        .deployVerticle(
            () -> controller,
            new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
        .compose(_ -> deployAgents(vertx, sampling, warm));
  }

  /** The first agent alone samples the host's GPUs: they would all see the same. */
  private Future<?> deployAgents(Vertx vertx, GpuSampling sampling, Future<Void> warm) {
    return Future.all(
        IntStream.rangeClosed(1, agents)
            .mapToObj(
                n ->
                    vertx.deployVerticle(
                        AgentVerticle.embedded(
                            AgentOptions.embedded(n, agents),
                            EngineOptions.local(engines),
                            n == 1 ? sampling : GpuSampling.none(),
                            warm)))
            .toList());
  }

  /** Called when the process is told to end: keeps it until the partial results are written. */
  private void interrupt(Vertx vertx, CountDownLatch shown) {
    if (shown.getCount() == 0) {
      return;
    }
    console.note("interrupted: stopping the load and writing what there is");
    Endpoints.control().askHere(vertx, new ControllerCommand.Cancel(runId, RunStatus.INTERRUPTED));
    try {
      if (!shown.await(SECONDS_TO_WRITE, TimeUnit.SECONDS)) {
        console.note("the results were not written within " + SECONDS_TO_WRITE + " s");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
