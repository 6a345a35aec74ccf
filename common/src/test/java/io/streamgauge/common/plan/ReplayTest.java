package io.streamgauge.common.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.DatasetRows;
import io.streamgauge.common.dataset.trace.Trace;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.ArrivalSchedule;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.common.plan.load.ReplayTimes;
import io.streamgauge.common.plan.request.DatasetRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReplayTest {
  private static final Arrival.Replay TIMES =
      new Arrival.Replay(List.of(0L, 12_500_000L, 12_500_000L, 1_000_000_001L));

  @TempDir private Path directory;

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("times"), text);
  }

  private Plan plan(String level) throws IOException {
    Path plan = directory.resolve("plan.yaml");
    Files.writeString(plan, "backends: [{engine: sim}]\nlevels: [%s]\n".formatted(level));
    return PlanFile.read(plan);
  }

  private static Trace trace(Plan plan) {
    return ((DatasetRows.Requests) plan.workload().dataset().load(plan.replays())).trace();
  }

  @Test
  void linesAndAnArraySayTheSame() throws IOException {
    assertThat(ReplayTimes.read(file("0ms\n12.5ms\n\n 12500us \n1000000.001us\n")))
        .isEqualTo(TIMES);
    assertThat(ReplayTimes.read(file("[\"0s\", \"12.5ms\", \"12.5ms\", \"1000000.001us\"]")))
        .isEqualTo(TIMES);
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        arguments("0ms\n20ms\n10ms\n", "line 3: 10ms is not valid, expected a time that is not"),
        arguments("0ms\n5\n", "line 2: 5 is not valid, expected a duration with its unit"),
        arguments("-5ms\n", "line 1: -5ms is not valid"),
        arguments("soon\n", "line 1: soon is not valid"),
        arguments("", "no due time"),
        arguments("\n\n", "no due time"),
        arguments("[]", "no due time"),
        arguments("[\"1ms\", \"0ms\"]", "[1]: 0ms is not valid"),
        arguments("[1, 2]", "[0]: 1 is not valid, expected a duration with its unit"),
        arguments("[\"1ms\"", "no JSON array of texts"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void aWrongFileIsNamedWithLineAndValue(String text, String message) throws IOException {
    Path file = file(text);

    assertThatThrownBy(() -> ReplayTimes.read(file))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message);
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> ReplayTimes.read(directory.resolve("none")))
        .hasMessageContaining("none: no such file");
  }

  @Test
  void aPlanFileNamesAFileAndTheMessageBringsTheTimes() throws IOException {
    Path file = file("0ms\n12.5ms\n12.5ms\n1000000.001us\n");
    Level level = plan("{arrival: \"replay:%s\"}".formatted(file)).levels().getFirst();

    assertThat(level.name()).isEqualTo("replay");
    assertThat(level.extent().requests()).contains(4L);
    String json = Json.MAPPER.writeValueAsString(level);
    assertThat(json).doesNotContain("replay:").contains("[\"0s\",\"12500us\",\"12500us\",");
    assertThat(Json.MAPPER.readValue(json, Level.class)).isEqualTo(level);
  }

  @Test
  void aMessageCannotHaveAFileRead() throws IOException {
    Path file = file("0ms");

    assertThatThrownBy(
            () ->
                Json.MAPPER.readValue("{\"arrival\": \"replay:%s\"}".formatted(file), Level.class))
        .hasMessageContaining("only a plan file names files");
  }

  @Test
  void aPlanMayHoldTheTimesItself() throws IOException {
    assertThat(plan("{arrival: [0ms, 5ms, 5ms], requests: 2}").levels().getFirst().extent())
        .isEqualTo(Extent.of(2));
  }

  @Test
  void aLevelMayGoAtTheTimesOfItsDatasetsRows() throws IOException {
    Level level = plan("{arrival: trace, speed: 2, spread_ties: true}").levels().getFirst();

    assertThat(level.name()).isEqualTo("replay");
    assertThat(level.trace()).contains(new Arrival.Trace(2, true));
    String json = Json.MAPPER.writeValueAsString(level);
    assertThat(json).doesNotContain("rate");
    assertThat(Json.MAPPER.readValue(json, Level.class)).isEqualTo(level);
    assertThat(plan("{arrival: trace}").levels().getFirst().trace())
        .contains(Arrival.Trace.AS_IT_WAS);
  }

  @Test
  void aPlanWhoseTraceIsKnownHasItsTimesAtEachLevelsSpeed() throws IOException {
    Path trace =
        Files.writeString(
            directory.resolve("trace.csv"),
            "Timestamp,Request tokens,Response tokens\n5,7,3\n8,9,2\n6,8,1\n");
    Plan plan =
        plan("{arrival: trace, requests: 2}, {name: fast, arrival: trace, speed: 10}, {rate: 5}")
            .withDataset(DatasetRef.of(trace.toString()));
    assertThat(plan.replays()).isTrue();

    Plan known = plan.replaying(trace(plan));

    assertThat(known.replays()).isFalse();
    assertThat(known.levels())
        .extracting(Level::load)
        .startsWith(
            OpenLoop.replay(
                new Arrival.Replay(List.of(0L, 1_000_000_000L, 3_000_000_000L)), Optional.empty()),
            OpenLoop.replay(
                new Arrival.Replay(List.of(0L, 100_000_000L, 300_000_000L)), Optional.empty()));
    assertThat(known.levels())
        .extracting(level -> level.extent().requests().orElse(0L))
        .containsExactly(2L, 3L, 0L);
    assertThat(known.requestOf(known.backends().getFirst()).ignoreEos()).isTrue();
  }

  @Test
  void aTraceTravelsWithItsPlan() throws IOException {
    Path trace =
        Files.writeString(
            directory.resolve("trace.csv"),
            "Timestamp,Request tokens,Response tokens\n5,7,3\n8,9,2\n");
    Plan plan = plan("{arrival: trace}").withDataset(DatasetRef.of(trace.toString()));
    DatasetRef inlined = plan.workload().dataset().inlined(trace, true);
    Files.delete(trace);

    Plan arrived =
        PlanFile.parse("sent", Json.MAPPER.writeValueAsString(plan.withDataset(inlined)));

    assertThat(trace(arrived).stamps()).containsExactly(0L, 3_000_000_000L);
    assertThat(inlined.redacted().trace().orElseThrow().rows()).isEmpty();
    assertThatThrownBy(() -> inlined.redacted().load(true))
        .hasMessageContaining("dataset.trace.rows: []");
  }

  static Stream<Arguments> wrongLevels() {
    return Stream.of(
        arguments("{arrival: [0ms], rate: 5}", "levels[0].rate: 5"),
        arguments("{arrival: [0ms], concurrency: 5}", "levels[0].concurrency: 5"),
        arguments("{arrival: [0ms], requests: 2}", "at most the 1 times"),
        arguments("{arrival: trace, rate: 5}", "levels[0].rate: 5"),
        arguments("{arrival: trace, speed: 0}", "levels[0].speed: 0"),
        arguments("{arrival: poisson, rate: 1, speed: 2}", "levels[0].speed: 2"),
        arguments("{arrival: [0ms], spread_ties: true}", "levels[0].spread_ties: true"),
        arguments("{arrival: \"trace:2\"}", "levels[0].arrival: trace:2"),
        arguments("{arrival: [5ms, 0ms]}", "[1]: 0ms"),
        arguments("{arrival: [5]}", "5 is not valid, expected a duration with its unit"),
        arguments("{arrival: []}", "no due time"));
  }

  @ParameterizedTest
  @MethodSource("wrongLevels")
  void aWrongLevelIsNamed(String level, String message) {
    assertThatThrownBy(() -> plan(level))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining(message);
  }

  @Test
  void theScheduleIsTheTimesToTheNanosecondTiesAndAll() {
    OpenLoop load = OpenLoop.replay(TIMES, Optional.empty());
    ArrivalSchedule schedule = ArrivalSchedule.of(load, Extent.of(4), 7);

    assertThat(Stream.generate(schedule::next).limit(4)).isEqualTo(TIMES.times());
  }

  @Test
  void theRateIsTheMean() {
    assertThat(OpenLoop.replay(TIMES, Optional.empty()).rate()).isBetween(3.9, 4.0);
    assertThat(OpenLoop.replay(new Arrival.Replay(List.of(0L, 0L)), Optional.empty()).rate())
        .isEqualTo(2);
  }
}
