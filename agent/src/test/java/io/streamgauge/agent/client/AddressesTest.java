package io.streamgauge.agent.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.streamgauge.agent.client.wire.StampTally;
import io.streamgauge.agent.client.wire.VertxWire;
import io.streamgauge.agent.client.wire.Wire;
import io.streamgauge.agent.client.wire.WireSocket;
import io.streamgauge.agent.client.wire.kernel.KernelWire;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetClientOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a target is named, and however there is no way to it. */
@Execution(ExecutionMode.CONCURRENT)
class AddressesTest extends OverEachWire {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final boolean LINUX = System.getProperty("os.name").equals("Linux");

  private static SocketServer answering(String address) throws IOException {
    return new SocketServer(
        InetAddress.getByName(address),
        (socket, _) -> {
          while (true) {
            SocketServer.Head.read(socket.getInputStream()).body(socket.getInputStream());
            socket.getOutputStream().write(RawServer.stream(3).getBytes(UTF_8));
          }
        });
  }

  private RequestRecord sent(String url, VertxOptions options) {
    Vertx vertx = loops(way, options);
    try (Sending sending = sending(way, vertx, url, Sending.shape(3, LONG))) {
      return sending.send();
    }
  }

  private RequestRecord sent(String url) {
    return sent(url, new VertxOptions());
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "[::ffff:127.0.0.1]"})
  void aServerOnIpv4IsFoundByItsAddressAndItsName(String host) throws IOException {
    try (SocketServer server = answering("127.0.0.1")) {
      RequestRecord record = sent("http://%s:%d".formatted(host, server.port()));

      assertThat(record.outcome()).as(record.error()).isEqualTo(Outcome.OK);
    }
  }

  @Test
  void aServerOnIpv6IsFoundByItsAddress() throws IOException {
    try (SocketServer server = onIpv6()) {
      RequestRecord record = sent("http://[::1]:" + server.port());

      assertThat(record.outcome()).as(record.error()).isEqualTo(Outcome.OK);
    }
  }

  private static SocketServer onIpv6() {
    try {
      return answering("::1");
    } catch (IOException e) {
      assumeTrue(false, "IPv6: " + e);
      throw new AssertionError(e);
    }
  }

  @Test
  void whereNobodyListensThatIsSaidWithTheAddress() throws IOException {
    try (Socket nobody = new Socket()) { // bound, so that no other server gets the port
      nobody.bind(new InetSocketAddress("127.0.0.1", 0));
      RequestRecord record = sent("http://127.0.0.1:" + nobody.getLocalPort());

      assertThat(record.outcome()).isEqualTo(Outcome.CONNECT_FAILED);
      assertThat(record.error())
          .isEqualTo("Connection refused: /127.0.0.1:" + nobody.getLocalPort());
    }
  }

  @Test
  void whereNoRouteLeadsThatIsSaidWithTheAddress() {
    assumeTrue(LINUX, "an address to which there is never a route");
    RequestRecord record = sent("http://255.255.255.255:81");

    assertThat(record.outcome()).isEqualTo(Outcome.CONNECT_FAILED);
    assertThat(record.error())
        .matches("(Network is unreachable|No route to host): /255.255.255.255:81");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-such-host", "127.1", "2130706433"})
  void aNameThatNobodyKnowsIsAnUnknownHostAlsoWhereItLooksLikeAnAddress(String host)
      throws IOException {
    try (NameServer names = new NameServer("several", List.of("127.0.0.1"))) {
      RequestRecord record =
          sent("http://" + host, new VertxOptions().setAddressResolverOptions(names.options()));

      assertThat(record.outcome()).as(record.error()).isEqualTo(Outcome.UNKNOWN_HOST);
      assertThat(record.error()).contains(host);
    }
  }

  @Test
  void ofANameWithSeveralAddressesTheNextIsTakenWhereOneRefuses() throws IOException {
    assumeTrue(way == Way.KERNEL, "Vert.x takes one address of a name");
    try (NameServer names = new NameServer("several", List.of("127.0.0.2", "127.0.0.1"));
        SocketServer server = answering("127.0.0.1")) {
      RequestRecord record =
          sent(
              "http://several:" + server.port(),
              new VertxOptions().setAddressResolverOptions(names.options()));

      assertThat(record.outcome()).as(record.error()).isEqualTo(Outcome.OK);
    }
  }

  @Test
  void aServerThatTakesNoConnectionIsGivenUpAfterTheTimeForOne() throws Exception {
    assumeTrue(LINUX, "a listener whose queue is full does not answer");
    Vertx vertx = loops();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        Socket _ = new Socket("127.0.0.1", full.getLocalPort());
        Socket _ = new Socket("127.0.0.1", full.getLocalPort())) {
      Throwable failure = connecting(vertx, full.getLocalPort());

      assertThat(Failures.connecting(failure)).isEqualTo(Outcome.CONNECT_FAILED);
      assertThat(Failures.message(failure))
          .isEqualTo("connection timed out after 300 ms: /127.0.0.1:" + full.getLocalPort());
    } finally {
      vertx.close().await();
    }
  }

  private Throwable connecting(Vertx vertx, int port) throws InterruptedException {
    Promise<WireSocket> connected = Promise.promise();
    vertx.getOrCreateContext().runOnContext(_ -> wire(vertx, port).connect().onComplete(connected));
    Future<WireSocket> future = connected.future();
    future.otherwiseEmpty().await();
    return future.cause();
  }

  private Wire wire(Vertx vertx, int port) {
    int millis = 300;
    StampTally tally = new StampTally();
    return way == Way.KERNEL
        ? new KernelWire(vertx, "127.0.0.1", port, Duration.ofMillis(millis), tally)
        : new VertxWire(
            vertx, new NetClientOptions().setConnectTimeout(millis), "127.0.0.1", port, tally);
  }
}
