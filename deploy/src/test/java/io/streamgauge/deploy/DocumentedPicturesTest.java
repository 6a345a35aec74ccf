package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.agent.AgentView;
import io.streamgauge.controller.api.About;
import io.streamgauge.controller.api.ApiOptions;
import io.streamgauge.controller.api.HttpApi;
import io.streamgauge.controller.book.RunBook;
import io.streamgauge.deploy.browser.Browser;
import io.streamgauge.deploy.browser.Pictures;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The pictures of the documentation; {@code docs/images/take} takes them anew. */
@EnabledIfSystemProperty(named = "pictures", matches = "docs")
class DocumentedPicturesTest {
  @TempDir private Path folder;

  private static AgentView agent(String id, String host) {
    return new AgentView(
        id,
        Set.of("load"),
        Optional.of(host),
        Optional.of(16),
        Optional.of(4),
        Optional.of(480_000.0),
        "1.0",
        Optional.of("25"),
        List.of(),
        List.of(),
        AgentView.State.PRESENT,
        Optional.empty(),
        0,
        Optional.of(0.041),
        Optional.of(0.212));
  }

  @Test
  void ofARunOnItsPageOfItsReportOfAPlanAndOfAComparison() {
    Path output = folder.resolve("results");
    Vertx vertx = Vertx.vertx();
    try (Browser page = Browser.open(folder)) {
      try (WebRun run =
          WebRun.start(output, "--concurrency", "4,8", "--duration", "12s", "--max-tokens", "16")) {
        page.look(1000, 2000, false);
        page.go(run.url());
        page.until("panel?.course.columns.at.length > 18");
        Pictures.document(page, "live-page", 1_010);
        run.awaitEnd();
      }
      assertThat(
              Cli.run(
                      "run",
                      "--quiet",
                      "--concurrency",
                      "4,8",
                      "--duration",
                      "12s",
                      "--max-tokens",
                      "16",
                      "--max-client-error=2%",
                      "--output",
                      output.toString())
                  .exitCode())
          .isIn(0, 4);
      HttpApi api =
          new HttpApi(
              new RunBook(),
              () -> List.of(agent("load-1", "node-7"), agent("load-2", "node-8")),
              new ApiOptions(
                  new HttpServerOptions().setHost("127.0.0.1").setPort(0),
                  Optional.empty(),
                  output,
                  Optional.empty(),
                  About.of("streamgauge", "10.0.0.5:5701", true, Optional.empty(), false)));
      vertx.deployVerticle(api).await();
      page.go("http://127.0.0.1:" + api.port());
      page.until("document.querySelectorAll('#results tbody tr').length === 2");
      page.paste(
          "#text",
          """
          name: llama3-8b
          backends:
            - {name: prod, url: "http://10.0.0.9:8000", model: llama3}
          levels:
            - {name: c20, concurrency: 20, duration: 60s}
          slo: {ttft_p99: soon}
          """);
      page.until("document.querySelector('#verdict').innerText.includes('Line 6')");
      Pictures.document(page, "plan-check", 860);
      for (int row = 1; row <= 2; row++) {
        page.click("#results tbody tr:nth-child(%d) input".formatted(row));
      }
      page.click("#compare");
      page.until("document.querySelector('#comparison h3') !== null");
      page.eval("['run', 'plan', 'agents'].forEach(id => place(id).replaceChildren())");
      Pictures.document(page, "comparison", 900);
      page.go(
          "http://127.0.0.1:%d%s"
              .formatted(
                  api.port(),
                  page.eval("document.querySelector('#results a').getAttribute('href')").asText()));
      page.until("document.querySelector('.verdict') !== null");
      Pictures.document(page, "report", 1_100);
    } finally {
      vertx.close().await();
    }
  }
}
