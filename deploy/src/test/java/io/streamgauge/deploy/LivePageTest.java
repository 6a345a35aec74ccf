package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import io.streamgauge.deploy.browser.Axe;
import io.streamgauge.deploy.browser.Browser;
import io.streamgauge.deploy.browser.Pictures;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The controller's page in a real browser, where there is one, over the life of a cluster. */
@Tag("chaos")
class LivePageTest {
  private static final String HOSTILE = "<script>document.title='hit'</script>\\\"onload=hit";

  @TempDir private Path folder;

  private static Engine engine() {
    return new Engine(
        SimulationOptions.defaults()
            .withLatency(LatencyModel.of(Duration.ofMillis(60), Duration.ofMillis(8))));
  }

  private static String plan(Engine engine, String name, String extent) {
    return """
    name: "%s"
    backends: [{name: sim, url: "%s"}]
    request: {max_tokens: 32}
    levels:
      - {name: warm, concurrency: 2, requests: 4, warmup: true}
      - {name: c6, concurrency: 6, %s}
    """
        .formatted(name, engine.url(), extent);
  }

  @Test
  void aWholeRunIsStartedFollowedLostInPartCancelledAndFoundAgain() {
    try (Engine engine = engine();
        Cluster cluster = Cluster.of(folder, 2);
        Browser page = Browser.open(folder)) {
      page.look(1280, 3000, false);
      page.go(cluster.url());
      page.until("document.querySelectorAll('#agents tbody tr').length === 2");
      assertThat(page.text("#run")).contains("No run is on", "streamgauge submit");
      page.until(
          "document.querySelector('#results').innerText.includes('Nothing has been measured yet')");
      Pictures.take(page, "page_empty");

      refusesAMistakeAtItsField(page, plan(engine, "x", "requests: 9"));
      losesAnAgentAndHasItBack(page, cluster, plan(engine, HOSTILE, "duration: 20s"));
      page.until("document.querySelectorAll('#results tbody tr').length === 1");
      showsTheNumbersOfTheJson(page, cluster);
      assertThat(page.eval("document.title").asText()).isNotEqualTo("hit");
      assertThat(page.text("#results"))
          .contains("<script>document.title='hit'</script>\"onload=hit");
      assertThat(Axe.seriousIn(page)).isEmpty();
      Pictures.take(page, "page_done");

      cancels(page, cluster, plan(engine, "second", "duration: 10m"));
      compares(page);
      Pictures.take(page, "page_compared");

      fails(page);

      cluster.end("controller");
      cluster.startController();
      page.go(cluster.url());
      page.until("document.querySelectorAll('#results tbody tr').length === 2");
      assertThat(page.text("#results")).contains("second", "cancelled");
      assertThat(page.errors()).isEmpty();

      page.go(
          cluster.url()
              + page.eval("document.querySelector('#results a').getAttribute('href')").asText());
      page.until("document.querySelector('.verdict') !== null");
      assertThat(Axe.seriousIn(page)).isEmpty();
      Pictures.take(page, "report");
      assertThat(page.errors()).isEmpty();
    }
  }

  private static void refusesAMistakeAtItsField(Browser page, String plan) {
    page.paste("#text", plan + "slo: {ttft_p99: soon}\n");
    page.until("document.querySelector('#text').getAttribute('aria-invalid') === 'true'");
    assertThat(page.text("#verdict")).contains("Line 7", "slo.ttft_p99", "soon is not valid");
    assertThat(page.eval("document.querySelector('#start').disabled").asBoolean()).isTrue();
    Pictures.take(page, "page_mistake");
  }

  private static void start(Browser page, String plan) {
    page.paste("#text", plan);
    page.until("!document.querySelector('#start').disabled");
    page.click("#start");
  }

  private void losesAnAgentAndHasItBack(Browser page, Cluster cluster, String plan) {
    start(page, plan);
    page.until("document.querySelector('#run .now')?.innerText.startsWith('Now: ')");
    page.until("document.querySelector('#head')?.innerText.includes('level c6, 2 of 2')");
    page.until("document.querySelectorAll('#charts canvas').length >= 3");
    page.until(
        "panel.course.columns.at.length > 2 && drawn.find(one => one.figure ==="
            + " panel.charts.work.figure).plot.data[0].length === panel.course.columns.at.length");
    page.until("document.querySelectorAll('#work tbody tr').length === 2");
    cluster.kill("a2");
    page.until("document.querySelector('#agents').innerText.includes('silent')");
    Pictures.take(page, "page_running");
    cluster.startAgent("a2");
    page.until("document.querySelector('#agents').innerText.includes('2 here')");
    page.until("document.querySelector('#run .verdict') !== null");
    assertThat(page.text("#run .verdict")).contains("degraded", "lost: a2");
    assertThat(page.text("#live-findings")).contains("warning: agent_lost in level c6");
  }

  private void showsTheNumbersOfTheJson(Browser page, Cluster cluster) {
    JsonNode result = cluster.files().json();
    JsonNode metrics = result.at("/levels/0/metrics");
    String row = page.text("#results tbody tr");
    for (String path : new String[] {"/output_tps", "/ttft_ms/p50", "/itl_ms/p50", "/itl_ms/p99"}) {
      assertThat(row).as(path).contains(shown(page, metrics.at(path)));
    }
    assertThat(row)
        .contains(
            "%s of %s"
                .formatted(
                    metrics.at("/requests/failed").asText(),
                    shown(page, metrics.at("/requests/total"))));
    JsonNode live =
        page.eval("fetch('/api/v1/runs').then(all => all.json()).then(all => all[0].live)");
    assertThat(page.text("#now-tokens")).isEqualTo(shown(page, live.get("output_tps")));
    assertThat(page.text("#now-failed")).isEqualTo(shown(page, live.get("failed")));
    assertThat(page.text("#now-ttft-p50")).startsWith(shown(page, live.get("ttft_p50")));
  }

  /** As the page writes it; its own function, whose form {@code ReportPageTest} holds. */
  private static String shown(Browser page, JsonNode value) {
    return page.eval("number(%s)".formatted(value)).asText();
  }

  private static void cancels(Browser page, Cluster cluster, String plan) {
    start(page, plan);
    page.until("document.querySelector('#head')?.innerText.includes('Now: second')");
    page.until("document.querySelector('#head').innerText.includes('level c6')");
    page.until("Number(document.querySelector('#now-flight')?.innerText) > 0");
    page.click("#cancel");
    page.until("document.querySelector('#ask').open");
    assertThat(page.text("#ask"))
        .contains("Cancel second?", "What was measured until then is kept");
    assertThat(Axe.seriousIn(page)).isEmpty();
    page.click("#cancel-now");
    page.until("document.querySelector('#run .verdict')?.innerText.startsWith('cancelled')");
    page.until("document.querySelectorAll('#results tbody tr').length === 2");
    assertThat(page.text("#results")).contains("cancelled");
  }

  private static void fails(Browser page) {
    start(
        page,
        """
        name: nobody answers
        backends: [{name: away, url: "http://127.0.0.1:1", model: m}]
        levels: [{concurrency: 1, requests: 1}]
        """);
    page.until("document.querySelector('#run .verdict')?.innerText.startsWith('failed: ')");
    assertThat(page.text("#head")).contains("Last run: nobody answers");
    page.until("document.querySelector('#results').innerText.includes('nobody answers')");
    Pictures.take(page, "page_failed");
  }

  private static void compares(Browser page) {
    for (int row = 1; row <= 2; row++) {
      page.click("#results tbody tr:nth-child(%d) input".formatted(row));
    }
    page.click("#compare");
    page.until("document.querySelector('#comparison h3') !== null");
    assertThat(page.text("#comparison")).contains("Not comparable");
  }
}
