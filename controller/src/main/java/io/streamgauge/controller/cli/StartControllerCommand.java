package io.streamgauge.controller.cli;

import io.streamgauge.common.HostPort;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.cli.ClusterOptions;
import io.streamgauge.common.cli.OnSignal;
import io.streamgauge.common.node.Membership;
import io.streamgauge.common.node.Node;
import io.streamgauge.common.node.NodeOptions;
import io.streamgauge.common.trust.BearerToken;
import io.streamgauge.common.trust.CommandSigner;
import io.streamgauge.common.trust.ControllerKeys;
import io.streamgauge.controller.ControllerVerticle;
import io.streamgauge.controller.api.About;
import io.streamgauge.controller.api.ApiOptions;
import io.streamgauge.controller.api.HttpApi;
import io.streamgauge.controller.fleet.Attendees;
import io.streamgauge.controller.fleet.Rivals;
import io.streamgauge.controller.result.ExitCode;
import io.streamgauge.controller.store.Site;
import io.streamgauge.controller.telemetry.Collector;
import io.streamgauge.controller.telemetry.TelemetryOptions;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A controller as a process of its own, until it is told to end. */
@Command(
    name = "controller",
    sortOptions = false,
    description = "Starts a controller that agents join and that takes plans; until Ctrl-C.")
public final class StartControllerCommand implements Callable<Integer> {
  private static final int HTTP_PORT = 8_765;

  /** Whatever is being read or written by then is given up. */
  public static final long SECONDS_TO_CLOSE = 5;

  @Spec private CommandSpec spec;

  @Option(
      names = "--http",
      paramLabel = "HOST[:PORT]",
      description = "Where the HTTP API and the page are served. Default: 127.0.0.1:8765.")
  private String http = "127.0.0.1:" + HTTP_PORT;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "The token that callers of the API must show, or its SHA-256.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--join",
      paramLabel = "HOST[:PORT]",
      split = ",",
      description = "Members that may be there already, e.g. agents after a restart.")
  private List<String> join = List.of();

  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = "--datasets",
      paramLabel = "DIR",
      description = "Plans may name the prompts files in it. Default: they may name none.")
  private @Nullable Path datasets;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Directory for results. Default: results.")
  private Path output = Path.of("results");

  @Option(names = "--no-html", description = "No HTML reports beside the other files of runs.")
  private boolean noHtml;

  @Mixin private final TelemetryOptions telemetry = new TelemetryOptions();

  @Override
  public Integer call() throws InterruptedException {
    NodeOptions node = cluster.node(join, NodeOptions.DEFAULT_PORT);
    HostPort web = HostPort.parse("http", http, HTTP_PORT);
    Optional<BearerToken> token = token(web);
    Optional<Collector> collector = telemetry.collector();
    PrintWriter out = spec.commandLine().getOut();
    CommandSigner signer = new CommandSigner(ControllerKeys.ofUser());
    Membership membership = Node.join(node).await();
    Vertx vertx = membership.vertx();
    String place = membership.place().toString();
    try {
      Rivals.requireNone(vertx, place, node.cluster());
    } catch (PlanException e) {
      vertx.close().await();
      throw e;
    }
    ControllerVerticle controller =
        new ControllerVerticle(
            signer, new Site(output, cluster.insecure(), true, !noHtml, collector, place));
    LineLog lines = new LineLog(LoggerFactory.getLogger("controller")::info);
    controller.book().tellTo(lines);
    controller.yielded().onSuccess(this::end);
    OnSignal end =
        OnSignal.call(
            () -> {
              controller
                  .end()
                  .transform(_ -> vertx.close().timeout(SECONDS_TO_CLOSE, TimeUnit.SECONDS))
                  .otherwiseEmpty()
                  .await();
              lines.close();
            });
    vertx
        .deployVerticle(
            () -> controller,
            new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
        .await();
    HttpApi api =
        new HttpApi(
            controller.book(),
            () -> Attendees.of(controller.fleet()),
            new ApiOptions(
                server(web),
                Optional.ofNullable(datasets),
                output,
                token.map(known -> known::matches),
                About.of(
                    node.cluster(),
                    place,
                    node.tls().isPresent(),
                    signer.fingerprint(),
                    cluster.insecure())));
    try {
      vertx.deployVerticle(api).await();
    } catch (RuntimeException e) {
      throw new PlanException(
          "http", web, "an address of this host with a free port (%s)".formatted(e.getMessage()));
    }
    out.println(
        "controller of cluster %s at %s; API and page at %s://%s"
            .formatted(
                node.cluster(),
                place,
                node.tls().isPresent() ? "https" : "http",
                new HostPort(web.host(), api.port())));
    out.flush();
    end.await();
    return 0;
  }

  /** As a signal would, but as a failure: the run that is on ends with what it has. */
  private void end(String reason) {
    spec.commandLine().getErr().println("streamgauge controller: " + reason);
    Thread.ofPlatform().name("end").start(() -> Runtime.getRuntime().exit(ExitCode.FAILED));
  }

  /** What callers must show; the API is open to this host alone without it and TLS. */
  private Optional<BearerToken> token(HostPort web) {
    Optional<BearerToken> token = Optional.ofNullable(tokenFile).map(BearerToken::fromFile);
    if (cluster.tls().isEmpty() || token.isEmpty()) {
      cluster.requireProtection("http", web);
    }
    return token;
  }

  private HttpServerOptions server(HostPort web) {
    HttpServerOptions server = new HttpServerOptions().setHost(web.host()).setPort(web.port());
    return cluster.tls().map(tls -> tls.serve(server)).orElse(server);
  }
}
