package io.streamgauge.bench.scale;

import io.streamgauge.common.HostPort;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.histogram.DistributionRecorder;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.node.Node;
import io.streamgauge.common.node.NodeOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A process of simulated agents that join a controller: {@code PORT AGENTS PER_SECOND SECONDS}. It
 * says on a line of its own when all are there ({@code ready}), when the load begins ({@code
 * begun}) and when all is reported ({@code over}, with how long batches took to be acknowledged).
 */
final class CrowdProcess implements CrowdAgent.Listener {
  private final int agents;
  private final DistributionRecorder acks = new DistributionRecorder();
  private boolean began;
  private int over;

  private CrowdProcess(int agents) {
    this.agents = agents;
  }

  public static void main(String... args) {
    Crowd crowd =
        new Crowd(Integer.parseInt(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
    HostPort controller = new HostPort("127.0.0.1", Integer.parseInt(args[0]));
    Vertx vertx =
        Node.clustered(
                new NodeOptions(
                    new HostPort("127.0.0.1", 0), List.of(controller), NodeOptions.DEFAULT_CLUSTER))
            .await();
    CrowdProcess process = new CrowdProcess(crowd.agents());
    List<Distribution> progress =
        IntStream.rangeClosed(0, crowd.seconds())
            .mapToObj(second -> packed(crowd.ttfts(0, second * crowd.perSecond())))
            .toList();
    Distribution gaps = packed(crowd.gaps(crowd.each()));
    Distribution lag = packed(Distribution.of(100_000));
    Future.all(
            IntStream.range(0, crowd.agents())
                .mapToObj(
                    i ->
                        vertx.deployVerticle(
                            new CrowdAgent(crowd, i, progress, gaps, lag, process)))
                .toList())
        .await();
    System.out.println("ready");
  }

  /** As it comes over the wire, so that it is packed once and not by every agent. */
  private static Distribution packed(Distribution distribution) {
    try {
      return Json.MAPPER.readValue(Json.MAPPER.writeValueAsBytes(distribution), Distribution.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void begun() {
    if (!began) {
      began = true;
      System.out.println("begun");
    }
  }

  @Override
  public synchronized void acknowledged(long nanos) {
    acks.record(nanos);
  }

  @Override
  public synchronized void over() {
    if (++over == agents) {
      Distribution all = acks.snapshot();
      System.out.printf(
          Locale.ROOT,
          "over %.1f %.1f%n",
          all.quantileMillis(0.5).orElse(0),
          all.quantileMillis(0.99).orElse(0));
    }
  }
}
