package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that tells a collector of itself. */
class TelemetryRunTest {
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final AtomicInteger status = new AtomicInteger(200);
  private HttpServer collector;
  private String url;
  @TempDir private Path folder;

  @BeforeEach
  void collect() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] body = new GZIPInputStream(exchange.getRequestBody()).readAllBytes();
            bodies.add(HexFormat.of().formatHex(body));
            calls.add(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(status.get(), -1);
          }
        });
    collector.start();
    url = "http://127.0.0.1:" + collector.getAddress().getPort();
  }

  @AfterEach
  void collectNoMore() {
    collector.stop(0);
  }

  private Cli run(String... more) {
    List<String> words =
        new ArrayList<>(List.of("run", "--requests=3", "--max-tokens=4", "--concurrency=1"));
    words.addAll(List.of("--no-html", "--output", folder.toString()));
    words.addAll(List.of(more));
    return Cli.run(words.toArray(String[]::new));
  }

  @Test
  void aCollectorThatTakesNothingIsToldAndChangesNothingAndReportSendsTheRunAgain()
      throws IOException {
    status.set(503);
    Cli run = run("--otlp", url);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .contains(url + " does not take metrics: it answers with status 503; report --otlp");
    assertThat(new ResultFiles(folder).requests()).hasSize(3);
    assertThat(calls).containsExactly("/v1/metrics");

    status.set(200);
    Cli report = Cli.run("report", folder.toString(), "--format", "console", "--otlp", url);
    assertThat(report.exitCode()).as(report.err()).isZero();
    assertThat(calls).containsExactly("/v1/metrics", "/v1/metrics", "/v1/traces");

    status.set(400);
    Cli refused = Cli.run("report", folder.toString(), "--format", "console", "--otlp", url);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains(url + " does not take metrics");
  }

  @Test
  void aServerIsToldInWhichTraceEachRequestIsOfWhichACollectorHearsLater() throws IOException {
    try (OneThreadServer server = new OneThreadServer()) {
      Cli run = run("--url=http://127.0.0.1:" + server.port(), "--otlp", url);

      assertThat(run.exitCode()).as(run.err()).isZero();
      List<String> parents = parents(server);
      assertThat(parents)
          .hasSize(3)
          .doesNotHaveDuplicates()
          .allMatch(parent -> parent.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01"));
      for (String parent : parents) {
        String trace = parent.substring(3, 35);
        String span = parent.substring(36, 52);
        assertThat(bodies).anyMatch(body -> body.contains(trace) && body.contains(span));
      }
    }
  }

  @Test
  void aServerIsToldOfNoTraceThatNobodyHearsOfAndOfNoneBesideThatOfAnOwnHeader()
      throws IOException {
    try (OneThreadServer server = new OneThreadServer()) {
      String own = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
      assertThat(run("--url=http://127.0.0.1:" + server.port()).exitCode()).isZero();
      assertThat(
              run(
                      "--url=http://127.0.0.1:" + server.port(),
                      "--header=traceparent: " + own,
                      "--otlp",
                      url)
                  .exitCode())
          .isZero();

      assertThat(parents(server)).containsExactly("none", "none", "none", own, own, own);
    }
  }

  private static List<String> parents(OneThreadServer server) {
    return server.posts().stream()
        .map(request -> request.fields().getOrDefault("traceparent", "none"))
        .toList();
  }
}
