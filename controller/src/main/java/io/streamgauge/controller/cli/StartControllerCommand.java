package io.streamgauge.controller.cli;

import io.streamgauge.common.node.HostPort;
import io.streamgauge.common.node.Node;
import io.streamgauge.common.node.NodeOptions;
import io.streamgauge.common.trust.CommandSigner;
import io.streamgauge.common.trust.ControllerKeys;
import io.streamgauge.controller.ControllerVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A controller as a process of its own, until it is told to end. */
@Command(
    name = "controller",
    sortOptions = false,
    description = "Starts a controller that agents join and that takes plans; until Ctrl-C.")
public final class StartControllerCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--bind",
      paramLabel = "HOST[:PORT]",
      description =
          "The address of this host for the cluster, and its port; the event bus takes the next"
              + " port. Default: 127.0.0.1:5701.")
  private String bind = "127.0.0.1:" + NodeOptions.DEFAULT_PORT;

  @Option(
      names = "--join",
      paramLabel = "HOST[:PORT]",
      split = ",",
      description = "Members that may be there already, e.g. agents after a restart.")
  private List<String> join = List.of();

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      description = "The cluster's name. Default: streamgauge.")
  private String cluster = NodeOptions.DEFAULT_CLUSTER;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Directory for results. Default: results.")
  private Path output = Path.of("results");

  @Override
  public Integer call() throws InterruptedException {
    NodeOptions node =
        new NodeOptions(
            HostPort.parse("bind", bind, NodeOptions.DEFAULT_PORT),
            join.stream()
                .map(member -> HostPort.parse("join", member, NodeOptions.DEFAULT_PORT))
                .toList(),
            cluster);
    PrintWriter out = spec.commandLine().getOut();
    CommandSigner signer = new CommandSigner(ControllerKeys.ofUser().privateKey());
    Vertx vertx = Node.clustered(node).await();
    ControllerVerticle controller = new ControllerVerticle(signer, output);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  controller.end().transform(_ -> vertx.close()).await();
                  ended.countDown();
                },
                "on-signal"));
    vertx
        .deployVerticle(
            () -> controller,
            new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
        .await();
    out.println("controller of cluster %s at %s".formatted(cluster, node.bind()));
    out.flush();
    ended.await();
    return 0;
  }
}
