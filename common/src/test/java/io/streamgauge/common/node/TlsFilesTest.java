package io.streamgauge.common.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamgauge.common.PlanException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsFilesTest {
  @TempDir static Path folder;
  private static TlsFiles good;
  private static TlsFiles other;

  @BeforeAll
  static void makeTwoAuthorities() {
    Certificates.needOpenssl();
    good = Certificates.make(folder.resolve("a"), "127.0.0.1,node.example");
    other = Certificates.make(folder.resolve("b"), "127.0.0.1");
  }

  private static void refuses(Path cert, Path key, Path ca, String start, String end) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> new TlsFiles(cert, key, ca))
        .withMessageStartingWith(start)
        .withMessageContaining(end);
  }

  @Test
  void aMissingFileIsNamed() {
    Path none = folder.resolve("none");

    refuses(none, good.key(), good.ca(), "tls-cert: " + none, "a file that exists");
    refuses(good.cert(), none, good.ca(), "tls-key: " + none, "a file that exists");
    refuses(good.cert(), good.key(), none, "tls-ca: " + none, "a file that exists");
  }

  @Test
  void aFileOfAnotherKindIsNamed() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "hello");
    Files.setPosixFilePermissions(text, PosixFilePermissions.fromString("rw-------"));

    refuses(text, good.key(), good.ca(), "tls-cert: ", "a certificate in PEM");
    refuses(good.cert(), text, good.ca(), "tls-key: ", "a key in PEM");
    refuses(good.cert(), good.key(), text, "tls-ca: ", "a certificate in PEM");
    refuses(good.key(), good.key(), good.ca(), "tls-cert: ", "a certificate in PEM");
  }

  @Test
  void aKeyThatOthersCanReadIsRefused() throws IOException {
    Path open = Files.copy(good.key(), folder.resolve("open.key"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r-----"));

    refuses(good.cert(), open, good.ca(), "tls-key: ", "chmod 600 " + open);
  }

  @Test
  void whatDoesNotBelongTogetherIsRefused() {
    refuses(good.cert(), other.key(), good.ca(), "tls-key: ", "the key of the certificate");
    refuses(good.cert(), good.key(), other.ca(), "tls-cert: ", "of the authority in --tls-ca");
  }

  @Test
  void aCertificateIsForTheHostsThatItNames() {
    assertThat(good.issuedFor("127.0.0.1").issuedFor("Node.example")).isSameAs(good);
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> good.issuedFor("10.0.0.5"))
        .withMessageContaining("expected a certificate for 10.0.0.5");
  }

  @Test
  void aClientThatTrustsTheAuthorityIsServedAndNoOther() {
    Vertx vertx = Vertx.vertx();
    try {
      HttpServer server =
          vertx
              .createHttpServer(good.serve(new HttpServerOptions().setHost("127.0.0.1").setPort(0)))
              .requestHandler(request -> request.response().end("hello"))
              .listen()
              .await();

      assertThat(status(vertx, server, good, "127.0.0.1")).isEqualTo(200);
      assertThatExceptionOfType(javax.net.ssl.SSLHandshakeException.class)
          .isThrownBy(() -> status(vertx, server, other, "127.0.0.1"));
      assertThatExceptionOfType(javax.net.ssl.SSLHandshakeException.class)
          .as("the certificate is not for localhost")
          .isThrownBy(() -> status(vertx, server, good, "localhost"));
    } finally {
      vertx.close().await();
    }
  }

  private static int status(Vertx vertx, HttpServer server, TlsFiles trusted, String host) {
    HttpClient client =
        vertx.createHttpClient(TlsFiles.trust(new HttpClientOptions().setSsl(true), trusted.ca()));
    return client
        .request(HttpMethod.GET, server.actualPort(), host, "/")
        .compose(request -> request.send())
        .map(HttpClientResponse::statusCode)
        .await();
  }
}
