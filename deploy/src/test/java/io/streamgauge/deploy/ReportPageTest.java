package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.json.Json;
import io.streamgauge.controller.report.html.HtmlReport;
import io.streamgauge.controller.result.Analysis;
import io.streamgauge.controller.result.RunResult;
import io.streamgauge.controller.result.metrics.Metrics;
import io.streamgauge.deploy.browser.Browser;
import java.io.IOException;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The report in a real browser, where there is one; in a window so high that all of it is seen. */
class ReportPageTest {
  private static final Path GOLDEN = Path.of("../controller/src/test/resources/golden");
  private static final String HOSTILE =
      "</script><script>document.title='hit'</script><!--<img src=x"
          + " onerror=\"document.title='hit'\">";

  @TempDir private static Path profile;

  private static Browser browser;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    browser = Browser.open(profile);
    browser.look(1_300, 30_000, false);
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  private static RunResult result(String name) throws IOException {
    return Analysis.of(log(name)).orElseThrow();
  }

  private static Path log(String name) {
    return GOLDEN.resolve(name + ".run.gz");
  }

  private void show(String name) throws IOException {
    show(name, Integer.MAX_VALUE);
  }

  private void show(String name, int charts) throws IOException {
    Path page = folder.resolve(name + ".html");
    Files.write(page, HtmlReport.of(result(name), log(name)));
    open(page, charts);
  }

  private static void open(Path page) {
    open(page, Integer.MAX_VALUE);
  }

  /** Shows the page once its first charts are drawn; nothing may be said on the console. */
  private static void open(Path page, int charts) {
    int before = browser.errors().size();
    browser.go(page.toUri().toString());
    browser.until("location.href === '%s'".formatted(page.toUri()));
    browser.until(
        "(all => all.length > 0 && all.slice(0, %d).every(it => it.querySelector('canvas')))"
                .formatted(charts)
            + "([...document.querySelectorAll('figure')])");
    assertThat(browser.errors()).hasSize(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"levels", "errors", "gpus", "models", "slo", "interrupted"})
  void allChartsAreDrawnAndNothingIsSaidOnTheConsole(String name) throws IOException {
    show(name);

    assertThat(browser.text(".verdict")).isNotEmpty();
    assertThat(browser.text("body")).contains("To run it again", "Environment");
  }

  @Test
  void theNumbersAreThoseOfTheResultAndWhatBoardsToldIsDrawn() throws IOException {
    Metrics metrics = result("gpus").levels().getFirst().metrics();
    show("gpus");

    assertThat(
            List.of(
                browser
                    .eval("[...document.querySelectorAll('b')].map(it => it.innerText).join('\\n')")
                    .asText()
                    .split("\n")))
        .contains(shown(metrics.outputTps()), shown(metrics.rps()));
    assertThat(browser.eval("document.body.textContent").asText())
        .contains(
            "GPU power: NVIDIA RTX 4090 0 of agent-1",
            "Time in which GPUs ran a kernel: NVIDIA RTX 4090 0 of agent-1");
  }

  @Test
  void onPaperChartsAreAsWideAsThePaperAndInItsColours() throws IOException {
    browser.look(1_300, 800, true);
    try {
      show("gpus", 1);
      browser.eval("dispatchEvent(new Event('beforeprint'))");
      assertThat(browser.eval("colour('text')").asText()).isEqualTo("#1c1f23");
      assertThat(browser.eval("drawn.map(one => one.plot ? one.plot.width : -1)"))
          .as("also of charts that were never seen")
          .hasSizeGreaterThan(8)
          .allMatch(width -> width.intValue() > 0 && width.intValue() <= 696);

      browser.eval("dispatchEvent(new Event('afterprint'))");
      assertThat(browser.eval("Math.max(...drawn.map(one => one.plot.width))").intValue())
          .isGreaterThan(1_000);
      assertThat(browser.eval("colour('text')").asText()).isEqualTo("#e8eaed");
    } finally {
      browser.look(1_300, 30_000, false);
    }
  }

  /** As the page writes it: two decimals at most, none from 1,000 on. */
  private static String shown(double value) {
    NumberFormat format = NumberFormat.getInstance(Locale.ENGLISH);
    format.setMaximumFractionDigits(value >= 1000 ? 0 : 2);
    format.setRoundingMode(RoundingMode.HALF_UP);
    return format.format(value);
  }

  @Test
  void aHostileNameIsShownAsText() throws IOException {
    Path plan = folder.resolve("plan.json");
    Files.write(
        plan,
        Json.MAPPER.writeValueAsBytes(
            Map.of(
                "name", HOSTILE,
                "backends", List.of(Map.of("name", "sim", "engine", "sim")),
                "levels", List.of(Map.of("concurrency", 1, "requests", 2)),
                "request", Map.of("max_tokens", 4))));
    Cli.run("run", "--quiet", "--plan", plan.toString(), "--output", folder.toString());
    try (Stream<Path> files = Files.list(folder)) {
      open(files.filter(file -> file.toString().endsWith(".html")).findFirst().orElseThrow());
    }

    assertThat(browser.text("body")).contains(HOSTILE);
    assertThat(browser.eval("document.title").asText()).isNotEqualTo("hit");
    assertThat(browser.eval("document.querySelectorAll('img').length").asInt()).isZero();
  }
}
