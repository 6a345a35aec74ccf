package io.streamgauge.common.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamgauge.common.PlanException;
import io.vertx.core.transport.Transport;
import org.junit.jupiter.api.Test;

class NodeTest {
  @Test
  void theNativeTransportFallsBackToTheJdks() {
    Transport chosen = Node.transport("native");

    assertThat(chosen.available()).isTrue();
  }

  @Test
  void theJdksTransportIsAlwaysThere() {
    assertThat(Node.transport("nio")).isSameAs(Transport.NIO);
  }

  @Test
  void anUnknownTransportIsRefusedByName() {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> Node.transport("carrier-pigeon"))
        .withMessageStartingWith("STREAMGAUGE_TRANSPORT: carrier-pigeon is not valid");
  }
}
