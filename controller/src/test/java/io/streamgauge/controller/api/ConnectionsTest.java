package io.streamgauge.controller.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.controller.api.guard.Connections;
import io.streamgauge.controller.book.RunBook;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that hold connections and do not go on. */
@Timeout(120)
class ConnectionsTest {
  private static final String CALL = "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n";
  private static final Duration NEVER = Duration.ofHours(1);

  private final Vertx vertx = Vertx.vertx();
  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    vertx.close().await();
  }

  private int serve(Connections.Limits limits) {
    HttpApi api =
        new HttpApi(
            new RunBook(),
            List::of,
            new ApiOptions(
                new HttpServerOptions().setHost("127.0.0.1").setPort(0),
                Optional.empty(),
                Path.of("results"),
                Optional.empty(),
                About.of("test", "127.0.0.1:5701", false, Optional.empty(), false)),
            NEVER,
            limits);
    vertx.deployVerticle(api).await();
    return api.port();
  }

  private Socket begin(int port, String bytes) throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(60_000);
    sockets.add(socket);
    socket.getOutputStream().write(bytes.getBytes(US_ASCII));
    return socket;
  }

  private static String end(Socket socket) throws IOException {
    socket.getOutputStream().write("Connection: close\r\n\r\n".getBytes(US_ASCII));
    return rest(socket);
  }

  private static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), US_ASCII);
  }

  @Test
  void whoNeverEndsAHeadGivesWayToWhoeverDoes() throws IOException {
    int port = serve(new Connections.Limits(3, 8, NEVER, NEVER));
    Socket first = begin(port, CALL);
    for (int i = 0; i < 50; i++) {
      begin(port, CALL);
      assertThat(end(begin(port, CALL))).startsWith("HTTP/1.1 200 ");
    }
    assertThat(rest(first)).isEmpty();
  }

  @Test
  void aHeadThatTakesTooLongEndsItsConnection() throws IOException {
    int port = serve(new Connections.Limits(3, 8, Duration.ofMillis(1), NEVER));

    assertThat(rest(begin(port, ""))).isEmpty();
    assertThat(rest(begin(port, CALL + "X-Slow: "))).isEmpty();
  }

  @Test
  void aConnectionThatIsNotUsedAgainIsClosedAfterItsAnswer() throws IOException {
    int port = serve(new Connections.Limits(3, 8, NEVER, Duration.ofMillis(1)));

    assertThat(rest(begin(port, CALL + "\r\n"))).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void ofTheDescriptorsOfThisProcessMostAreLeftToRuns() {
    assertThat(Connections.Limits.of(1_024).all()).isEqualTo(256);
    assertThat(Connections.Limits.of(256).all()).isEqualTo(64);
    assertThat(Connections.Limits.of(Long.MAX_VALUE).each()).isEqualTo(64);
    assertThat(Connections.Limits.of(20).each()).isEqualTo(16);
  }
}
