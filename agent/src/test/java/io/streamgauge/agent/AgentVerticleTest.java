package io.streamgauge.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.dataset.Dataset;
import io.streamgauge.common.measure.Certificate;
import io.streamgauge.common.message.Ack;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.node.Node;
import io.streamgauge.common.plan.ClosedLoop;
import io.streamgauge.common.plan.Extent;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.RequestShape;
import io.streamgauge.common.plan.Share;
import io.streamgauge.common.plan.Target;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgentVerticleTest {
  private static final String NOBODY = "http://127.0.0.1:9";
  private final Vertx vertx = Node.local();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void anAgentTakenAwayWhileItPreparesLeavesNothingBehind() {
    String agent = vertx.deployVerticle(new AgentVerticle(AgentOptions.embedded(1, 1))).await();

    Endpoints.agent("agent-1").ask(vertx, prepare()).await();
    vertx.undeploy(agent).await();

    eventually(() -> vertx.deploymentIDs().isEmpty());
  }

  @Test
  void anAgentGetsReadyWithACertificateEvenWhenNobodyListensAtTheTarget() {
    Promise<AgentEvent.Prepared> prepared = Promise.promise();
    Endpoints.run("run")
        .serve(
            vertx,
            event -> {
              if (event instanceof AgentEvent.Prepared ready) {
                prepared.tryComplete(ready);
              }
              return Future.succeededFuture(new Ack());
            });
    vertx.deployVerticle(new AgentVerticle(AgentOptions.embedded(1, 1))).await();

    Endpoints.agent("agent-1").ask(vertx, prepare()).await();
    AgentEvent.Prepared ready = prepared.future().timeout(60, TimeUnit.SECONDS).await();

    assertThat(ready.probe().problem()).isPresent();
    assertThat(ready.certificate().map(Certificate::streams)).contains(16);
  }

  private static AgentCommand.Prepare prepare() {
    return new AgentCommand.Prepare(
        "run",
        new Level("c4", new ClosedLoop(4, Optional.empty()), Extent.of(4), false),
        new Target(NOBODY, Optional.of("model"), Optional.empty(), Map.of()),
        RequestShape.DEFAULT,
        Dataset.builtIn().prompts(),
        new Share(0, 2, 2),
        1);
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
