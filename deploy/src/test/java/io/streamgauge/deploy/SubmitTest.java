package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan that is submitted over HTTPS with a token leaves what {@code run} would leave. */
@Tag("chaos")
class SubmitTest {
  private static final String TOKEN = "0123456789abcdefghijklmnopqrstuvwxyz";

  @TempDir private Path folder;

  @Test
  void itLeavesTheSameFilesAsARunWouldAndNobodyElseGetsIn() throws Exception {
    Assertions.assertThat(
            new ProcessBuilder("./certs.sh", folder.resolve("certs").toString(), "127.0.0.1")
                .start()
                .waitFor())
        .isZero();
    String[] tls = {
      "--tls-cert",
      cert("127.0.0.1.crt"),
      "--tls-key",
      cert("127.0.0.1.key"),
      "--tls-ca",
      cert("ca.crt")
    };
    Path token =
        Files.createFile(
            folder.resolve("token"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(token, TOKEN + "\n");
    Path times = Files.writeString(folder.resolve("times"), "0ms\n10ms\n20ms\n");
    Path output = folder.resolve("mine");
    try (Engine engine =
            new Engine(
                SimulationOptions.defaults()
                    .withLatency(LatencyModel.of(Duration.ofMillis(20), Duration.ofMillis(5))));
        Cluster cluster = new Cluster(folder)) {
      cluster.startController(token, tls);
      cluster.startAgent("a1", tls);
      cluster.eventually("a1 is known", () -> cluster.log("a1").contains("knows this agent"));
      Path plan =
          Files.writeString(
              folder.resolve("plan.yaml"),
              """
              backends: [{name: sim, url: "%s"}]
              request: {max_tokens: 4}
              max_client_error: "off"
              levels: [{name: again, arrival: "replay:%s"}]
              """
                  .formatted(engine.url(), times));
      String[] submit = {
        "submit",
        plan.toString(),
        "--controller",
        cluster.url(),
        "--token-file",
        token.toString(),
        "--tls-ca",
        cert("ca.crt"),
        "--output",
        output.toString(),
        "--quiet"
      };

      Cli first = Cli.run(submit);
      assertThat(first.exitCode()).as(first.out() + first.err()).isZero();
      Cli second = Cli.run(submit);
      assertThat(second.exitCode()).as(second.out() + second.err()).isZero();

      List<String> theirs = Files.readAllLines(cluster.results().resolve("benchmark_summary.csv"));
      assertThat(Files.readAllLines(output.resolve("benchmark_summary.csv")))
          .hasSize(3)
          .isEqualTo(theirs);
      String json = theirs.getLast().substring(theirs.getLast().lastIndexOf(',') + 1);
      assertThat(output.resolve(json)).hasSameTextualContentAs(cluster.results().resolve(json));
      assertThat(Files.readAllLines(output.resolve(json.replace(".json", "_requests.csv"))))
          .hasSize(4);

      nobodyElse(cluster.url());
      assertThat(Cli.run("doctor", "--controller", cluster.url(), "--tls-ca", cert("ca.crt")).out())
          .contains("HTTP 401: a bearer token is needed");
      assertThat(
              Cli.run("doctor", "--join", cluster.place().toString(), "--cluster", cluster.name)
                  .out())
          .contains("the event bus there is under TLS, and no certificate is given here");
    }
  }

  private static void nobodyElse(String url) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/v1/runs")).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      Assertions.assertThatExceptionOfType(SSLHandshakeException.class)
          .isThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.ofString()));
      Assertions.assertThatExceptionOfType(IOException.class)
          .isThrownBy(
              () ->
                  client.send(
                      HttpRequest.newBuilder(URI.create(url.replace("https", "http"))).build(),
                      HttpResponse.BodyHandlers.ofString()));
    }
  }

  private String cert(String name) {
    return folder.resolve("certs").resolve(name).toString();
  }
}
