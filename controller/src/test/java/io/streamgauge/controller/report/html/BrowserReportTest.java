package io.streamgauge.controller.report.html;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.streamgauge.controller.result.Analysis;
import io.streamgauge.controller.result.metrics.Metrics;
import java.io.File;
import java.io.IOException;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.NumberFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The report in a real browser, where there is one: Chromium. */
class BrowserReportTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  @TempDir private Path folder;

  private @Nullable Path browser;

  @BeforeEach
  void aBrowserIsThere() {
    Optional<Path> found =
        NAMES.stream()
            .flatMap(
                name ->
                    Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(place -> Path.of(place, name)))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(found.isPresent(), "no Chromium on the PATH");
    browser = found.get();
  }

  /** What a page has become in a window so high that all of it is seen. */
  private record Shown(String dom, String console) {}

  private Shown open(String page) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("report.html"), page);
    Path dom = folder.resolve("dom");
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(
                String.valueOf(browser),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--user-data-dir=" + folder.resolve("profile"),
                "--enable-logging=stderr",
                "--window-size=1300,30000",
                "--virtual-time-budget=10000",
                "--dump-dom",
                file.toUri().toString())
            .redirectOutput(dom.toFile())
            .redirectError(said.toFile())
            .start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("Chromium ends").isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    String console =
        Arrays.stream(Files.readString(said, UTF_8).split("\n"))
            .filter(line -> line.contains("CONSOLE"))
            .reduce("", String::concat);
    return new Shown(Files.readString(dom, UTF_8), console);
  }

  private static long count(String text, String what) {
    return text.split(what, -1).length - 1;
  }

  @ParameterizedTest
  @ValueSource(strings = {"levels", "errors", "gpus", "models", "slo", "interrupted"})
  void allChartsAreDrawnAndNothingIsSaidOnTheConsole(String name) throws Exception {
    Shown shown = open(HtmlReportTest.page(GOLDEN.resolve(name + ".run.gz")));

    assertThat(shown.console).isEmpty();
    assertThat(count(shown.dom, "<figure")).isPositive();
    assertThat(count(shown.dom, "<canvas")).isEqualTo(count(shown.dom, "<figure"));
    assertThat(shown.dom).contains("class=\"verdict", "To run it again", "Environment");
  }

  @Test
  void theNumbersAreThoseOfTheResultAndWhatBoardsToldIsDrawn() throws Exception {
    Path log = GOLDEN.resolve("gpus.run.gz");
    Metrics metrics = Analysis.of(log).orElseThrow().levels().getFirst().metrics();
    Shown shown = open(HtmlReportTest.page(log));

    assertThat(shown.dom)
        .contains("<b>%s</b>".formatted(shown(metrics.outputTps())))
        .contains("<b>%s</b>".formatted(shown(metrics.rps())))
        .contains(
            "NVIDIA RTX 4090 0 of agent-1: power_w", "NVIDIA RTX 4090 0 of agent-1: util_pct");
  }

  /** As the page writes it: two decimals at most, none from 1,000 on. */
  private static String shown(double value) {
    NumberFormat format = NumberFormat.getInstance(Locale.ENGLISH);
    format.setMaximumFractionDigits(value >= 1000 ? 0 : 2);
    format.setRoundingMode(RoundingMode.HALF_UP);
    return format.format(value);
  }

  @Test
  void hostileNamesAreShownAsText() throws Exception {
    Shown shown = open(HtmlReportTest.hostilePage(GOLDEN.resolve("plain.run.gz")));

    assertThat(shown.console).isEmpty();
    assertThat(shown.dom).doesNotContain("<title>hit").doesNotContain("<img");
    assertThat(shown.dom).contains("&lt;/script&gt;&lt;script&gt;document.title='hit'");
  }
}
