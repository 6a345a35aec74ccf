package io.streamgauge.controller.report.html;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.json.Json;
import io.streamgauge.controller.SampleRequest;
import io.streamgauge.controller.log.RunLog;
import io.streamgauge.controller.result.Analysis;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HtmlReportTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final Pattern SCRIPT =
      Pattern.compile("<script(?<of>[^>]*)>(?<text>.*?)</script>", Pattern.DOTALL);

  /** What names, models and errors may be of those who wish a reader ill. */
  private static final String HOSTILE =
      "</script><script>document.title='hit'</script><!--<img src=x"
          + " onerror=\"document.title='hit'\">";

  static Stream<Path> logs() throws IOException {
    return Files.list(GOLDEN).filter(file -> file.toString().endsWith(RunLog.SUFFIX)).sorted();
  }

  private static String page(Path log) throws IOException {
    return new String(HtmlReport.of(Analysis.of(log).orElseThrow(), log), UTF_8);
  }

  /** The same run under names of that kind. */
  private static String hostilePage(Path log) throws IOException {
    RunResult it = Analysis.of(log).orElseThrow();
    RunResult.Run run = it.run();
    return new String(
        HtmlReport.of(
            new RunResult(
                new RunResult.Run(
                    run.id(),
                    HOSTILE,
                    HOSTILE,
                    HOSTILE,
                    run.startedAt(),
                    run.endedAt(),
                    run.status(),
                    run.failure(),
                    run.seed(),
                    run.sampling(),
                    run.repeat(),
                    run.variant(),
                    run.settingsHash()),
                it.plan(),
                it.environment(),
                it.levels()),
            log),
        UTF_8);
  }

  private static List<MatchResult> scripts(String page) {
    return SCRIPT.matcher(page).results().toList();
  }

  private static JsonNode data(String page) throws IOException {
    return Json.MAPPER.readTree(scripts(page).getFirst().group("text"));
  }

  @ParameterizedTest
  @MethodSource("logs")
  void aPageHasTheResultAndAPointForEachRequest(Path log) throws IOException {
    RunResult result = Analysis.of(log).orElseThrow();
    JsonNode data = data(page(log));

    assertThat(data.at("/result/run/id").asText()).isEqualTo(result.run().id());
    for (LevelResult level : result.levels()) {
      JsonNode course = data.at("/courses/" + level.name());
      long requests = level.metrics().requests().total() - level.metrics().requests().dropped();
      assertThat(course.at("/points/at"))
          .as(level.name())
          .hasSizeGreaterThanOrEqualTo((int) requests);
      assertThat(course.at("/points/ttft")).hasSameSizeAs(course.at("/points/at"));
      double tokens = 0;
      for (JsonNode rate : course.get("tokens_per_s")) {
        tokens += rate.doubleValue() * course.get("step_ms").doubleValue() / 1000;
      }
      assertThat(tokens).as("tokens by time").isCloseTo(level.tokens().total(), within(1.0));
      assertThat(level.tokens().total())
          .as("those of whole answers are among them")
          .isGreaterThanOrEqualTo(level.metrics().outputTokens());
      assertThat(course.get("in_flight")).hasSameSizeAs(course.get("tokens_per_s"));
    }
  }

  @ParameterizedTest
  @MethodSource("logs")
  void withoutItsDataAPageIsSmall(Path log) throws IOException {
    String page = page(log);
    int data = scripts(page).getFirst().group("text").length();

    assertThat(page.length() - data).isLessThan(150_000);
    assertThat(page.length()).isLessThan(1 << 20);
  }

  @Test
  void aBrowserMayRunTheScriptsOfTheToolAloneAndFetchNothing() throws Exception {
    String page = page(GOLDEN.resolve("plain.run.gz"));
    List<MatchResult> scripts = scripts(page);

    assertThat(scripts).hasSize(3);
    assertThat(scripts.getFirst().group("of")).contains("application/json");
    for (MatchResult script : scripts.subList(1, 3)) {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(script.group("text").getBytes(UTF_8));
      assertThat(page).contains("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
    }
    assertThat(page).contains("default-src 'none'").doesNotContain("http-equiv=\"refresh\"");
    assertThat(page.replace("http://www.w3.org/", "")).doesNotContainPattern("(src|href)=\"http");
  }

  @Test
  void whateverThingsAreCalledNothingOfItIsMarkup() throws IOException {
    Path log = GOLDEN.resolve("plain.run.gz");
    String page = hostilePage(log);

    assertThat(scripts(page)).hasSize(3);
    assertThat(page).doesNotContain("<img").doesNotContain("<!--");
    assertThat(data(page).at("/result/run/name").asText()).isEqualTo(HOSTILE);
  }

  @Test
  void theGapsOfAnswersLieWhereTheirTokensCame() {
    GapMap map = new GapMap();
    map.add(SampleRequest.number(0).times(0, 100, 1_000).gaps(9, 10, 10, 10).build());
    map.add(SampleRequest.number(1).times(500, 100, 1_000).gaps(9, 80, 80, 80).build());
    ObjectNode json = Json.MAPPER.createObjectNode();
    map.put(json, 1_500);

    JsonNode gaps = json.get("gap_map");
    assertThat(gaps.get("cells")).hasSameSizeAs(gaps.get("mean"));
    assertThat(gaps.at("/edges/0").doubleValue()).isLessThanOrEqualTo(10);
    assertThat(gaps.get("edges").get(gaps.get("edges").size() - 1).doubleValue()).isGreaterThan(80);
    assertThat(gaps.get("mean").get(0).isNull()).as("before the first token").isTrue();
    assertThat(gaps.get("mean").get(20).doubleValue()).isEqualTo(10);
    assertThat(gaps.get("mean").get(110).doubleValue()).isEqualTo(80);
  }

  @Test
  void fewGapsOverManyColumnsAndGapsOfMicrosecondsAreOnTheMap() {
    GapMap map = new GapMap();
    map.add(SampleRequest.number(0).times(0, 100, 1_000).gaps(1, 0.011, 0.011, 0.011).build());
    map.add(SampleRequest.number(1).times(0, 100, 1_000).gaps(1, 0.01, 0.01, 0.01).build());
    ObjectNode json = Json.MAPPER.createObjectNode();
    map.put(json, 1_000);

    double all = 0;
    for (JsonNode column : json.at("/gap_map/cells")) {
      for (JsonNode cell : column) {
        all += cell.doubleValue();
      }
    }
    assertThat(all).isCloseTo(2, within(0.1));
    List<Double> edges = new ArrayList<>();
    json.at("/gap_map/edges").forEach(edge -> edges.add(edge.doubleValue()));
    assertThat(edges).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void ofSeveralAgentsEachHasItsOwnCourse() {
    RequestPoints points = new RequestPoints();
    for (int i = 0; i < 10; i++) {
      points.add(
          SampleRequest.number(i)
              .agent(i < 4 ? "a" : "b")
              .times(i * 100, i < 4 ? 10 : 30, 90)
              .build());
    }
    JsonNode agents = points.json(points.last()).get("agents");

    assertThat(agents).hasSize(2);
    assertThat(sum(agents.at("/0/requests"))).isEqualTo(4);
    assertThat(sum(agents.at("/1/requests"))).isEqualTo(6);
    assertThat(agents.at("/0/ttft_max/0").doubleValue()).isEqualTo(10);
  }

  private static int sum(JsonNode numbers) {
    int sum = 0;
    for (JsonNode number : numbers) {
      sum += number.intValue();
    }
    return sum;
  }

  @Test
  void thousandsOfRequestsAreToldBySpansOfTime() {
    RequestPoints points = new RequestPoints();
    IntStream.rangeClosed(0, RequestPoints.MOST)
        .forEach(i -> points.add(SampleRequest.number(i).build()));
    JsonNode json = points.json(points.last());

    assertThat(json.has("points")).isFalse();
    assertThat(json.get("requests").intValue()).isEqualTo(RequestPoints.MOST + 1);
    assertThat(sum(json.at("/bins/requests"))).isEqualTo(RequestPoints.MOST + 1);
    assertThat(json.at("/bins/ttft_max")).hasSize(RequestPoints.BINS);
  }
}
