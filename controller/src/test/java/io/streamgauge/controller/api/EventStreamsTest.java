package io.streamgauge.controller.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.controller.api.guard.Connections;
import io.streamgauge.controller.book.RunBook;
import io.streamgauge.controller.run.BookWriter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The API before a book that is written by hand; its streams beat fast. */
@Timeout(120)
class EventStreamsTest {
  private static final String RUN = "r1";
  private static final String LONG = "x".repeat(4_000);

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final RunBook book = new RunBook();
  private final HttpApi api = api(Duration.ofMillis(200));

  /** Its streams never beat, so that it drops nobody. */
  private final HttpApi patient = api(Duration.ofHours(1));

  private HttpApi api(Duration beat) {
    return new HttpApi(
        book,
        List::of,
        new ApiOptions(
            new HttpServerOptions().setHost("127.0.0.1").setPort(0),
            Optional.empty(),
            Path.of("results"),
            Optional.empty(),
            About.of("test", "127.0.0.1:5701", false, Optional.empty(), false)),
        beat,
        Connections.Limits.of(1_024));
  }

  EventStreamsTest() {
    await(vertx.deployVerticle(api));
    await(vertx.deployVerticle(patient));
  }

  @AfterEach
  void close() {
    client.shutdownNow();
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private <T> HttpResponse<T> get(String path, HttpResponse.BodyHandler<T> body) {
    try {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + path)).build(),
          body);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String text(String path) {
    return get(path, HttpResponse.BodyHandlers.ofString()).body();
  }

  private BufferedReader follow() {
    return new BufferedReader(
        new InputStreamReader(
            get("/api/v1/runs/" + RUN + "/events", HttpResponse.BodyHandlers.ofInputStream())
                .body(),
            UTF_8));
  }

  /** A reader that has a small window and reads nothing until it is asked to. */
  private Socket lazy(HttpApi api) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress("127.0.0.1", api.port()));
    socket
        .getOutputStream()
        .write(
            "GET /api/v1/runs/%s/events HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                .formatted(RUN)
                .getBytes(UTF_8));
    return socket;
  }

  private void awaitStreams(int count) {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    while (!text("/metrics").contains("streamgauge_event_streams " + count + "\n")) {
      assertThat(System.nanoTime()).as("streams become " + count).isLessThan(limit);
      LockSupport.parkNanos(20_000_000);
    }
  }

  @Test
  void aSilentStreamIsKeptAliveByComments() throws IOException {
    new BookWriter(book, RUN);
    try (BufferedReader events = follow()) {
      int comments = 0;
      while (comments < 3) {
        comments += ":".equals(events.readLine()) ? 1 : 0;
      }
    }
  }

  @Test
  void aReaderThatTakesNothingIsDropped() throws IOException {
    BookWriter run = new BookWriter(book, RUN);
    try (Socket _ = lazy(api)) {
      awaitStreams(1);
      for (int i = 0; i < 25_000; i++) {
        run.note(i + LONG);
      }
      awaitStreams(0);
    }
    run.end();
    assertThat(text("/api/v1/runs/" + RUN)).contains("\"state\":\"ended\"");
  }

  @Test
  void nothingIsKeptForAReaderThatIsSlow() throws IOException {
    BookWriter run = new BookWriter(book, RUN);
    try (Socket reader = lazy(patient)) {
      for (int i = 0; i < 15_000; i++) {
        run.note(i + LONG);
        if (i % 50 == 0) {
          live(); // its loop has had its turn at what was told
        }
      }
      run.end();

      // 60 MB were told; what it can still read is all that was kept for it anywhere.
      assertThat(rest(reader)).isLessThan(20L << 20);
    }
  }

  private void live() throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + patient.port() + "/health/live");
    try (InputStream in = uri.toURL().openStream()) {
      assertThat(in.readAllBytes()).isNotEmpty();
    }
  }

  private static long rest(Socket reader) throws IOException {
    reader.setSoTimeout(30_000);
    long bytes = 0;
    byte[] piece = new byte[64 << 10];
    try (InputStream in = reader.getInputStream()) {
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        bytes += n;
      }
    } catch (SocketException _) {
      return bytes; // the connection was reset, which is how such a reader is dropped
    }
    return bytes;
  }

  @Test
  void whatAReaderCameTooLateForIsToldAsAGap() throws IOException {
    BookWriter run = new BookWriter(book, RUN);
    for (int i = 0; i < 1_000; i++) {
      run.stats(i);
    }
    run.end();

    String events = text("/api/v1/runs/" + RUN + "/events");

    assertThat(events)
        .contains("id: 1\nevent: state", "id: 2\nevent: state")
        .containsOnlyOnce("event: gap\ndata: {\"missed\":491}\n\nid: 494\n")
        .contains("id: 1003\nevent: ended\n");
  }

  @Test
  void readinessIsThatPlansAreTaken() {
    assertThat(get("/health/ready", HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(503);
    assertThat(text("/health/ready")).contains("the controller takes no plans now");
    assertThat(get("/health/live", HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);

    book.open();
    assertThat(get("/health/ready", HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);

    book.close();
    assertThat(get("/health/ready", HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(503);
  }
}
