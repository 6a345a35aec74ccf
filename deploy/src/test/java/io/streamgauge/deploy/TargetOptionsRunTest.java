package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server gets that wants to be spoken to in its own way, by a whole run. */
@Execution(ExecutionMode.CONCURRENT)
class TargetOptionsRunTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private Path directory;

  private Cli run(String url, String... args) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "run",
                "--quiet",
                "--output=" + directory.resolve("results"),
                "--url=" + url,
                "--timeout=5s",
                "--requests=4"));
    all.addAll(List.of(args));
    return Cli.run(all.toArray(String[]::new));
  }

  private static String at(OneThreadServer server) {
    return "http://127.0.0.1:" + server.port();
  }

  /** It takes the other users' connections when the first one's is closed, which is over then. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aServerOfOneThreadIsNotHeldByTheToolItself(int users) throws IOException {
    try (OneThreadServer server = new OneThreadServer()) {
      Cli cli = run(at(server), "--concurrency=" + users);

      assertThat(cli.exitCode()).as(cli.out() + cli.err()).isZero();
      assertThat(server.posts()).hasSize(4);
      assertThat(server.gets())
          .isNotEmpty()
          .allSatisfy(request -> assertThat(request.fields()).containsEntry("connection", "close"));
      assertThat(server.gets()).filteredOn(get -> get.line().contains("/metrics")).hasSize(1);
    }
  }

  @Test
  void noMetricsAreAskedForWhereNoneAreWanted() throws IOException {
    try (OneThreadServer server = new OneThreadServer()) {
      Cli cli = run(at(server), "--engine-metrics=none");

      assertThat(cli.exitCode()).as(cli.err()).isZero();
      assertThat(server.gets()).noneMatch(get -> get.line().contains("/metrics"));
    }
  }

  @Test
  void bodyKeyAndQueryGoAsAsked() throws IOException {
    try (OneThreadServer server = new OneThreadServer()) {
      Cli cli =
          run(
              at(server) + "/openai/deployments/x/chat/completions?api-version=1",
              "--concurrency=1",
              "--body=temperature=0",
              "--body=chat_template_kwargs.enable_thinking=false",
              "--body=stream_options=null",
              "--max-tokens-field=max_completion_tokens",
              "--max-tokens=7",
              "--api-key-env=HOME",
              "--api-key-header=api-key",
              "--model=modèle");

      assertThat(cli.exitCode()).as(cli.out() + cli.err()).isZero();
      OneThreadServer.Seen post = server.posts().getFirst();
      JsonNode body = Json.MAPPER.readTree(post.body());
      assertThat(post.line())
          .isEqualTo("POST /openai/deployments/x/chat/completions?api-version=1 HTTP/1.1");
      assertThat(post.fields())
          .containsEntry("api-key", System.getenv("HOME"))
          .doesNotContainKey("authorization");
      assertThat(body.path("temperature").asInt(-1)).isZero();
      assertThat(body.path("chat_template_kwargs").path("enable_thinking").isBoolean()).isTrue();
      assertThat(body.path("max_completion_tokens").asInt()).isEqualTo(7);
      assertThat(body.path("model").asText()).isEqualTo("modèle");
      assertThat(body.has("stream_options") || body.has("max_tokens")).isFalse();
      assertThat(server.gets().stream().map(OneThreadServer.Seen::line))
          .contains("GET /openai/deployments/x/models?api-version=1 HTTP/1.1");
    }
  }

  @Test
  void eachModelHasTheNumbersOfWhatTheServerWasAskedForIt() throws IOException {
    try (OneThreadServer server = new OneThreadServer()) {
      Cli cli = run(at(server), "--concurrency=1", "--model=A@0.75,B@0.25");

      assertThat(cli.exitCode()).as(cli.out() + cli.err()).isZero();
      JsonNode models = new ResultFiles(directory.resolve("results")).json().at("/levels/0/models");
      for (String name : List.of("A", "B")) {
        long asked =
            server.posts().stream()
                .filter(post -> post.body().contains("\"model\":\"" + name + "\""))
                .count();
        assertThat(models.path(name).path("requests").path("successful").asLong()).isEqualTo(asked);
        assertThat(models.path(name).path("ttft_ms").path("count").asLong()).isEqualTo(asked);
        assertThat(cli.out()).containsPattern("(?m)^" + name + ": +" + asked + " ok \\| 0 failed");
      }
    }
  }

  @Test
  void aCertificateIsBelievedByItsAuthorityOrUnseen() throws Exception {
    Path keys = directory.resolve("keys.p12");
    String[] keytool = {
      Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
      "-genkeypair",
      "-alias",
      "a",
      "-keyalg",
      "EC",
      "-dname",
      "CN=localhost",
      "-ext",
      "san=dns:localhost",
      "-keystore",
      keys.toString(),
      "-storepass",
      new String(PASSWORD),
      "-storetype",
      "PKCS12"
    };
    assertThat(new ProcessBuilder(keytool).redirectErrorStream(true).start().waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD);
    }
    String pem =
        "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
            .formatted(
                Base64.getMimeEncoder().encodeToString(store.getCertificate("a").getEncoded()));
    Path ca = Files.writeString(directory.resolve("ca.pem"), pem);
    try (OneThreadServer server = new OneThreadServer(sockets(store))) {
      String named = "https://localhost:" + server.port();
      String other = "https://127.0.0.1:" + server.port();

      assertThat(run(named).exitCode()).isEqualTo(1);
      assertThat(run(other, "--ca=" + ca).exitCode()).as("another name").isEqualTo(1);
      assertThat(server.posts()).isEmpty();
      assertThat(run(named, "--ca=" + ca).exitCode()).isZero();
      Cli unseen = run(other, "--insecure");
      assertThat(unseen.exitCode()).as(unseen.err()).isZero();
      assertThat(unseen.out()).contains("unverified_server");
    }
  }

  private static SSLServerSocketFactory sockets(KeyStore store) throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context.getServerSocketFactory();
  }
}
