package io.streamgauge.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.message.Ack;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.node.Node;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeliveryTest {
  private static final int REFUSALS = 5_000;

  @Test
  void whatIsRefusedThousandsOfTimesIsDeliveredInTheEnd() {
    Vertx vertx = Node.local();
    try {
      AtomicInteger tries = new AtomicInteger();
      Endpoints.run("r")
          .serve(
              vertx,
              _ ->
                  tries.incrementAndGet() > REFUSALS
                      ? Future.succeededFuture(new Ack())
                      : Future.failedFuture("not now"));

      Ack ack =
          new Delivery(vertx, Duration.ofMillis(1))
              .deliver(new AgentEvent.Failed("r", "a", "broken"), () -> true)
              .timeout(60, TimeUnit.SECONDS)
              .await();

      assertThat(ack).isNotNull();
      assertThat(tries).hasValue(REFUSALS + 1);
    } finally {
      vertx.close().await();
    }
  }
}
