package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that tells a collector of itself. */
class TelemetryRunTest {
  @TempDir private Path folder;

  @Test
  void aCollectorThatTakesNothingIsToldAndChangesNothingAndReportSendsTheRunAgain()
      throws IOException {
    List<String> calls = new CopyOnWriteArrayList<>();
    AtomicInteger status = new AtomicInteger(503);
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            calls.add(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(status.get(), -1);
          }
        });
    collector.start();
    String url = "http://127.0.0.1:" + collector.getAddress().getPort();
    try {
      Cli run =
          Cli.run(
              "run",
              "--requests",
              "3",
              "--max-tokens",
              "4",
              "--no-html",
              "--max-client-error",
              "off",
              "--output",
              folder.toString(),
              "--otlp",
              url);

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
    } finally {
      collector.stop(0);
    }
  }
}
