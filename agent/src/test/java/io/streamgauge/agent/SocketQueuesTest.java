package io.streamgauge.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SocketQueuesTest {
  private static final String LINE =
      "   3: 0100007F:9C40 0100007F:1F90 01 00000000:00000200 00:00000000 00000000  0  0 1 1";

  @Test
  void theReceiveQueueOfAConnectionToThePortIsRead() {
    assertThat(SocketQueues.waiting(LINE, 0x1F90)).isEqualTo(0x200);
  }

  @Test
  void connectionsFromThePortOrToOthersDoNotCount() {
    assertThat(SocketQueues.waiting(LINE, 0x9C40)).isZero();
    assertThat(SocketQueues.waiting(LINE, 80)).isZero();
  }

  @Test
  void whatAServerWroteAndNobodyReadIsSeen() throws IOException {
    assumeTrue(Files.isReadable(Path.of("/proc/self/net/tcp")), "needs Linux's socket table");
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket peer = server.accept()) {
      peer.getOutputStream().write(new byte[1_000]);

      assertThat(client.isConnected()).isTrue();
      // The table is read in pieces while it changes, so a line may come twice.
      assertThat(eventually(server.getLocalPort())).isGreaterThanOrEqualTo(1_000);
    }
  }

  /** Loopback delivers at once or a moment later. */
  private static long eventually(int port) {
    Instant limit = Instant.now().plus(Duration.ofSeconds(30));
    long seen = 0;
    while (seen < 1_000 && Instant.now().isBefore(limit)) {
      seen = SocketQueues.waiting(port).orElseThrow();
    }
    return seen;
  }
}
