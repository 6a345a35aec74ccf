package io.streamgauge.agent.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A request that the kernel does not take at once, whatever its server does meanwhile. */
@Execution(ExecutionMode.CONCURRENT)
class LongPromptTest extends OverEachWire {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int LENGTH = 8 << 20;
  private static final Prompt PROMPT =
      new Prompt("p1", "coding", "river ".repeat(LENGTH / 6), Optional.empty());

  private Sending sending(SocketServer server) {
    Vertx vertx = loops();
    return sending(vertx, server.url(), Sending.shape(4, LONG)).with(PROMPT);
  }

  private static void answer(Socket socket, String answer) throws IOException {
    socket.getOutputStream().write(answer.getBytes(UTF_8));
  }

  @Test
  void aSlowReaderGetsItWholeAndItIsSentWhenItsEndIs() throws IOException {
    List<byte[]> bodies = new CopyOnWriteArrayList<>();
    try (SocketServer server =
            new SocketServer(
                (socket, _) -> {
                  while (true) {
                    bodies.add(slowly(socket.getInputStream()));
                    answer(socket, RawServer.stream(3));
                  }
                });
        Sending sending = sending(server)) {
      List<RequestRecord> records = sending.sendInTurn(2);

      assertThat(records).allMatch(record -> record.outcome() == Outcome.OK);
      assertThat(records).allMatch(record -> record.sent() <= record.firstByte());
      assertThat(records).allMatch(record -> record.connected() < record.sent());
      assertThat(bodies).allMatch(body -> new String(body, UTF_8).contains(PROMPT.text()));
      assertThat(bodies).hasSize(2);
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  /** Its window closes again and again. */
  private static byte[] slowly(InputStream in) throws IOException, InterruptedException {
    byte[] body = new byte[SocketServer.Head.read(in).length()];
    for (int at = 0; at < body.length; at += 1 << 18) {
      Thread.sleep(1);
      in.readNBytes(body, at, Math.min(1 << 18, body.length - at));
    }
    return body;
  }

  @Test
  void aRefusalBeforeItIsSentIsWhatTheServerSaidAndItsConnectionCarriesNoOther()
      throws IOException {
    try (SocketServer server = early(RawServer.response(413, "text/plain", "too long for me"));
        Sending sending = sending(server)) {
      List<RequestRecord> records = sending.sendInTurn(2);

      assertThat(records.getFirst().outcome()).isEqualTo(Outcome.CLIENT_ERROR);
      assertThat(records.getFirst().error()).contains("too long for me");
      assertThat(records.getLast().outcome()).isEqualTo(Outcome.OK);
      assertThat(records.getLast().reused()).isFalse();
    }
  }

  @Test
  void anAnswerBeforeItIsSentIsNoAnswerToIt() throws IOException {
    try (SocketServer server = early(RawServer.stream(3));
        Sending sending = sending(server)) {
      List<RequestRecord> records = sending.sendInTurn(2);

      assertThat(records.getFirst().outcome()).isEqualTo(Outcome.NOT_HTTP);
      assertThat(records.getFirst().error()).contains("before the request was sent");
      assertThat(records.getLast().outcome()).isEqualTo(Outcome.OK);
      assertThat(records.getLast().reused()).isFalse();
    }
  }

  @Test
  void anAnswerThatBeginsBeforeItIsSentAndEndsAfterwardsIsNone() throws IOException {
    String answer = RawServer.stream(3);
    int half = answer.length() / 2;
    CompletableFuture<Sending> client = new CompletableFuture<>();
    try (SocketServer server =
            new SocketServer(
                (socket, _) -> {
                  int length = SocketServer.Head.read(socket.getInputStream()).length();
                  answer(socket, answer.substring(0, half));
                  while (client.join().largestRead() == 0) {
                    Thread.sleep(1);
                  }
                  socket.getInputStream().readNBytes(length);
                  answer(socket, answer.substring(half));
                  SocketServer.awaitEnd(socket.getInputStream());
                });
        Sending sending = sending(server)) {
      client.complete(sending);
      RequestRecord record = sending.send();

      assertThat(record.outcome()).isEqualTo(Outcome.NOT_HTTP);
      assertThat(record.sent()).isGreaterThan(record.firstByte());
    }
  }

  @Test
  void aServerThatGoesAwayInTheMidstOfItIsAReset() throws IOException {
    try (SocketServer server =
            new SocketServer(
                (socket, number) -> {
                  InputStream in = socket.getInputStream();
                  int length = SocketServer.Head.read(in).length();
                  in.readNBytes(number == 2 ? length : length / 2);
                  switch (number) {
                    case 0 -> SocketServer.reset(socket);
                    case 1 -> socket.shutdownOutput();
                    default -> answer(socket, RawServer.stream(3));
                  }
                  SocketServer.awaitEnd(in);
                });
        Sending sending = sending(server)) {
      assertThat(sending.sendInTurn(3))
          .extracting(RequestRecord::outcome)
          .containsExactly(Outcome.RESET, Outcome.RESET, Outcome.OK);
    }
  }

  /** Answers the first request when it has read its head and no more, and later ones whole. */
  private static SocketServer early(String first) throws IOException {
    return new SocketServer(
        (socket, number) -> {
          InputStream in = socket.getInputStream();
          int length = SocketServer.Head.read(in).length();
          if (number == 0) {
            answer(socket, first);
            while (socket.getInputStream().read() >= 0) {
              Thread.sleep(50); // far more is left than is read of it in the time of a test
            }
          } else {
            in.readNBytes(length);
            answer(socket, RawServer.stream(3));
            SocketServer.awaitEnd(in);
          }
        });
  }
}
