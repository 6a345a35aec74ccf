package io.streamgauge.agent.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ConnectionTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void aConnectionThatTheServerKeepsIsOpenedOnceAndReused() {
    Vertx vertx = Vertx.vertx();
    RawServer server = new RawServer(vertx, (socket, _) -> socket.write(RawServer.stream(3)));
    try (Sending sending = new Sending(vertx, server.url(), Sending.shape(3, LONG))) {
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
    Vertx vertx = Vertx.vertx();
    List<String> requests = new CopyOnWriteArrayList<>();
    RawServer server =
        new RawServer(
            vertx,
            (socket, request) -> {
              requests.add(request);
              socket.close();
            });
    try (Sending sending = new Sending(vertx, server.url(), Sending.shape(3, LONG))) {
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

  @Test
  void aServerThatClosesAfterEachAnswerCostsNoRequest() {
    Vertx vertx = Vertx.vertx();
    RawServer server =
        new RawServer(
            vertx, (socket, _) -> socket.write(RawServer.stream(3)).onSuccess(_ -> socket.close()));
    try (Sending sending = new Sending(vertx, server.url(), Sending.shape(3, LONG))) {
      for (int i = 0; i < 20; i++) {
        assertThat(sending.send().outcome()).isEqualTo(Outcome.OK);
      }
      assertThat(sending.connections().staleCount()).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void aRequestOnAConnectionThatDiesUnansweredGoesOverANewOneAndIsCountedAsStale() {
    Vertx vertx = Vertx.vertx();
    int[] requests = {0};
    RawServer server =
        new RawServer(
            vertx,
            (socket, _) -> {
              if (requests[0]++ == 1) {
                socket.close();
              } else {
                socket.write(RawServer.stream(3));
              }
            });
    try (Sending sending = new Sending(vertx, server.url(), Sending.shape(3, LONG))) {
      sending.send();
      RequestRecord second = sending.send();

      assertThat(second.outcome()).isEqualTo(Outcome.OK);
      assertThat(second.reused()).isFalse();
      assertThat(sending.connections().staleCount()).isEqualTo(1);
      assertThat(sending.connections().openedCount()).isEqualTo(2);
    }
  }

  @Test
  void whatWaitedOnAConnectionIsToldByItsLargestRead() {
    Vertx vertx = Vertx.vertx();
    RawServer server = new RawServer(vertx, (socket, _) -> socket.write(RawServer.stream(3)));
    try (Sending sending = new Sending(vertx, server.url(), Sending.shape(3, LONG))) {
      sending.send();

      assertThat(sending.largestRead()).isEqualTo(RawServer.stream(3).length());
    }
  }

  @Test
  void aNewConnectionThatDiesUnansweredIsAFailureAndNotTriedAgain() {
    Vertx vertx = Vertx.vertx();
    RawServer server = new RawServer(vertx, (socket, _) -> socket.close());
    try (Sending sending = new Sending(vertx, server.url(), Sending.shape(3, LONG))) {
      assertThat(sending.send().outcome()).isEqualTo(Outcome.RESET);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void everyRequestCarriesItsIdTheKeyTheHeadersAndAsksForUsage() {
    Vertx vertx = Vertx.vertx();
    List<String> seen = new CopyOnWriteArrayList<>();
    RawServer server =
        new RawServer(
            vertx,
            (socket, request) -> {
              seen.add(request);
              socket.write(RawServer.stream(3));
            });
    try (Sending sending = new Sending(vertx, server.url(), Sending.shape(3, LONG))) {
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
