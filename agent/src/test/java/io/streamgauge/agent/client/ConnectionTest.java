package io.streamgauge.agent.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import io.vertx.core.Vertx;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectionTest extends OverEachWire {
  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void aConnectionThatTheServerKeepsIsOpenedOnceAndReused() {
    Vertx vertx = loops();
    RawServer server = new RawServer(vertx, (socket, _) -> socket.write(RawServer.stream(3)));
    try (Sending sending = sending(vertx, server.url(), Sending.shape(3, LONG))) {
      RequestRecord first = sending.send();
      RequestRecord second = sending.send();

      assertThat(first.reused()).isFalse();
      assertThat(first.connectTime()).isPresent();
      assertThat(second.reused()).isTrue();
      assertThat(second.connectTime()).isEmpty();
      assertThat(server.connections()).isEqualTo(1);
      assertThat(sending.connections().openedCount()).isEqualTo(1);
      assertThat(sending.connections().reusedCount()).isEqualTo(1);
    }
  }

  @Test
  void aConnectionThatIsOpenedBeforeItsRequestIsNewToItAndNotTriedTwice() {
    Vertx vertx = loops();
    List<String> requests = new CopyOnWriteArrayList<>();
    RawServer server =
        new RawServer(
            vertx,
            (socket, request) -> {
              requests.add(request);
              socket.close();
            });
    try (Sending sending = sending(vertx, server.url(), Sending.shape(3, LONG))) {
      sending.connect(2);
      assertThat(sending.connections().openedCount()).isEqualTo(2);

      RequestRecord request = sending.send();
      assertThat(request.outcome()).isEqualTo(Outcome.RESET);
      assertThat(request.reused()).isFalse();
      assertThat(request.connectTime()).isPresent();
      assertThat(requests).hasSize(1);
      assertThat(sending.connections().openedCount()).isEqualTo(2);
      assertThat(sending.connections().reusedCount()).isZero();
    }
  }

  /** What a server does with a request that it has read whole. */
  enum Loss {
    CLOSED((vertx, socket) -> socket.close()),
    CLOSED_LATER((vertx, socket) -> vertx.setTimer(20, _ -> socket.close())),
    HALF_CLOSED((_, socket) -> channel(socket).shutdownOutput()),
    RESET((vertx, socket) -> reset(socket)),
    RESET_LATER((vertx, socket) -> vertx.setTimer(20, _ -> reset(socket)));

    private final BiConsumer<Vertx, NetSocket> way;

    Loss(BiConsumer<Vertx, NetSocket> way) {
      this.way = way;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRequestThatTheServerMayHaveReadIsNeverSentAgain(Loss loss) {
    Vertx vertx = epollLoops();
    List<String> seen = new CopyOnWriteArrayList<>();
    RawServer server =
        new RawServer(
            vertx,
            (socket, request) -> {
              seen.add(request);
              if (seen.size() == 2) {
                loss.way.accept(vertx, socket);
              } else {
                socket.write(RawServer.stream(3));
              }
            });
    try (Sending sending = sending(vertx, server.url(), Sending.shape(3, LONG))) {
      List<RequestRecord> records = sending.sendInTurn(3);

      assertThat(records)
          .extracting(RequestRecord::outcome)
          .containsExactly(Outcome.OK, Outcome.RESET, Outcome.OK);
      assertThat(records.get(1).reused()).isTrue();
      assertThat(records.get(1).error()).contains("not sent again");
      assertThat(seen).hasSize(3);
      assertThat(sending.connections().resentCount()).isZero();
    }
  }

  /** How a server ends a connection that it said it would keep. */
  enum Leave {
    CLOSE(NetSocket::close),
    HALF_CLOSE(socket -> channel(socket).shutdownOutput()),
    RESET(ConnectionTest::reset);

    private final Consumer<NetSocket> way;

    Leave(Consumer<NetSocket> way) {
      this.way = way;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aConnectionThatTheServerHasEndedGetsNoRequestEvenBeforeTheLoopSeesIt(Leave leave) {
    Vertx vertx = epollLoops();
    Vertx other = epollLoops();
    List<NetSocket> sockets = new CopyOnWriteArrayList<>();
    List<String> seen = new CopyOnWriteArrayList<>();
    RawServer server =
        new RawServer(
            other,
            (socket, request) -> {
              sockets.add(socket);
              seen.add(request);
              socket.write(RawServer.stream(3));
            });
    try (Sending sending = sending(vertx, server.url(), Sending.shape(3, LONG))) {
      sending.send();
      RequestRecord second = sending.sendAfter(() -> inItsOwnTime(sockets, leave.way));

      assertThat(second.outcome()).isEqualTo(Outcome.OK);
      assertThat(second.reused()).isFalse();
      assertThat(seen).hasSize(2);
      assertThat(sending.connections().resentCount()).isZero();
    }
    other.close().await();
  }

  @Test
  void aRequestWrittenAsTheServerCloseCameGoesOverANewConnectionIsCountedAndKeepsItsTimes() {
    Vertx vertx = epollLoops();
    Vertx other = epollLoops();
    List<NetSocket> sockets = new CopyOnWriteArrayList<>();
    List<String> seen = new CopyOnWriteArrayList<>();
    RawServer server =
        new RawServer(
            other,
            (socket, request) -> {
              seen.add(request);
              socket.write(RawServer.stream(3));
            });
    CountDownLatch accepted = new CountDownLatch(1);
    server.onConnection(
        socket -> {
          sockets.add(socket);
          accepted.countDown();
        });
    try (Sending sending = sending(vertx, server.url(), Sending.shape(3, LONG))) {
      RequestRecord record =
          sending.sendOverKept(
              server.port(),
              () -> {
                await(accepted);
                inItsOwnTime(sockets, NetSocket::close);
              });

      assertThat(record.outcome()).isEqualTo(Outcome.OK);
      assertThat(record.reused()).isTrue();
      assertThat(seen).hasSize(1);
      assertThat(sending.connections().resentCount()).isEqualTo(1);
      assertThat(sending.connections().openedCount()).isEqualTo(1);
    }
    other.close().await();
  }

  @Test
  void aServerThatClosesAfterEachAnswerSoonGetsAConnectionForEachRequest() {
    Vertx vertx = epollLoops();
    List<String> seen = new CopyOnWriteArrayList<>();
    RawServer server =
        new RawServer(
            vertx,
            (socket, request) -> {
              seen.add(request);
              socket.write(RawServer.stream(3)).onSuccess(_ -> socket.close());
            });
    try (Sending sending = sending(vertx, server.url(), Sending.shape(3, LONG))) {
      List<RequestRecord> records = sending.sendInTurn(40);

      assertThat(records)
          .filteredOn(record -> record.outcome() != Outcome.OK)
          .hasSizeLessThanOrEqualTo(3)
          .allMatch(record -> record.outcome() == Outcome.RESET);
      assertThat(seen).doesNotHaveDuplicates().hasSizeBetween(37, 40);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Keep-Alive: timeout=5, max=2 | 3 | 2
          Keep-Alive: timeout=0        | 6 | 1
          Server: llama.cpp            | 6 | 1
          """)
  void noRequestGoesOverAConnectionThatTheServerHasSaidItWillClose(
      String field, int connections, int each) {
    Vertx vertx = loops();
    Map<NetSocket, Integer> answered = new ConcurrentHashMap<>();
    RawServer server =
        new RawServer(
            vertx,
            (socket, request) -> {
              if (answered.merge(socket, 1, Integer::sum) <= each) {
                socket.write(RawServer.chunked(field, RawServer.stream(3)));
              } // It has closed by its own account, and its end is yet to come.
            });
    try (Sending sending = sending(vertx, server.url(), Sending.shape(3, LONG))) {
      assertThat(sending.sendInTurn(6)).extracting(RequestRecord::outcome).containsOnly(Outcome.OK);
      assertThat(answered.values()).hasSize(connections).containsOnly(each);
    }
  }

  /** Ends the connections in the server's own time, while the caller waits. */
  private static void inItsOwnTime(List<NetSocket> sockets, Consumer<NetSocket> way) {
    CountDownLatch done = new CountDownLatch(sockets.size());
    for (NetSocket socket : sockets) {
      DuplexChannel channel = channel(socket);
      channel
          .eventLoop()
          .execute(
              () -> {
                way.accept(socket);
                channel.eventLoop().execute(done::countDown);
              });
    }
    await(done);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static DuplexChannel channel(NetSocket socket) {
    return (DuplexChannel) ((NetSocketInternal) socket).channelHandlerContext().channel();
  }

  /** Ends it by RST in place of FIN. */
  private static void reset(NetSocket socket) {
    channel(socket).config().setOption(ChannelOption.SO_LINGER, 0);
    socket.close();
  }

  @Test
  void whatWaitedOnAConnectionIsToldByItsLargestRead() {
    Vertx vertx = loops();
    RawServer server = new RawServer(vertx, (socket, _) -> socket.write(RawServer.stream(3)));
    try (Sending sending = sending(vertx, server.url(), Sending.shape(3, LONG))) {
      sending.send();

      assertThat(sending.largestRead()).isEqualTo(RawServer.stream(3).length());
    }
  }

  @Test
  void aNewConnectionThatDiesUnansweredIsAFailureAndNotTriedAgain() {
    Vertx vertx = loops();
    RawServer server = new RawServer(vertx, (socket, _) -> socket.close());
    try (Sending sending = sending(vertx, server.url(), Sending.shape(3, LONG))) {
      assertThat(sending.send().outcome()).isEqualTo(Outcome.RESET);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void everyRequestCarriesItsIdTheKeyTheHeadersAndAsksForUsage() {
    Vertx vertx = loops();
    List<String> seen = new CopyOnWriteArrayList<>();
    RawServer server =
        new RawServer(
            vertx,
            (socket, request) -> {
              seen.add(request);
              socket.write(RawServer.stream(3));
            });
    try (Sending sending = sending(vertx, server.url(), Sending.shape(3, LONG))) {
      sending.send("the-model");

      assertThat(seen.getFirst())
          .startsWith("POST /v1/chat/completions HTTP/1.1")
          .containsIgnoringCase("x-request-id: test-0")
          .containsIgnoringCase("authorization: Bearer secret-key")
          .containsIgnoringCase("x-extra: yes")
          .contains("\"model\":\"the-model\"")
          .contains("\"max_tokens\":3")
          .contains("\"ignore_eos\":true")
          .contains("\"stream_options\":{\"include_usage\":true}");
    }
  }
}
