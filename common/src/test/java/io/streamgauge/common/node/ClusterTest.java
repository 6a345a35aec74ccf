package io.streamgauge.common.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamgauge.common.HostPort;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.message.Message;
import io.streamgauge.common.message.Register;
import io.streamgauge.common.message.Registered;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClusterTest {
  private static final HostPort ANYWHERE = new HostPort("127.0.0.1", 0);
  private static final String CLUSTER = "test-" + UUID.randomUUID();

  @Test
  void membersFindEachOtherAndTalk() {
    Membership first = Node.join(new NodeOptions(ANYWHERE, List.of(), CLUSTER)).await();
    Vertx controller = first.vertx();
    try {
      Endpoints.fleet()
          .serve(
              controller,
              call ->
                  Future.succeededFuture(
                      new Registered(call.id(), "c", Instant.EPOCH, Optional.of("r1"))))
          .completion()
          .await();
      Vertx agent =
          Node.clustered(new NodeOptions(ANYWHERE, List.of(first.place()), CLUSTER)).await();
      try {
        assertThat(register(agent))
            .isEqualTo(new Registered("a", "c", Instant.EPOCH, Optional.of("r1")));
      } finally {
        agent.close().await();
      }
    } finally {
      controller.close().await();
    }
  }

  /** A subscription takes a moment to be known everywhere. */
  private static Registered register(Vertx agent) {
    Register register =
        new Register(
            Message.PROTOCOL,
            "1",
            "address",
            new AgentInfo("a", Set.of("load"), "h", 1, 1, "1", "25"),
            Optional.empty());
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      try {
        return Endpoints.fleet().ask(agent, register).await();
      } catch (RuntimeException e) {
        if (System.nanoTime() > limit) {
          throw e;
        }
      }
    }
  }

  @Test
  void aPortInUseIsRefusedInOneLine() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      NodeOptions options =
          new NodeOptions(new HostPort("127.0.0.1", taken.getLocalPort()), List.of(), "test");

      assertThatExceptionOfType(PlanException.class)
          .isThrownBy(() -> Node.clustered(options))
          .withMessageStartingWith(
              "bind: 127.0.0.1:%d is not valid".formatted(taken.getLocalPort()));
    }
  }

  @Test
  void anAddressOfEverywhereIsRefusedSinceMembersMustBeReached() {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> new NodeOptions(new HostPort("0.0.0.0", 1), List.of(), "test"))
        .withMessageStartingWith("bind: 0.0.0.0:1 is not valid");
  }
}
