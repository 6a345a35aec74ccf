package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.sim.reply.Fault;
import io.streamgauge.agent.sim.reply.Faults;
import io.streamgauge.agent.sim.reply.Framing;
import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Engines that a benchmark is easily wrong about, and what the result says of them. */
@Execution(ExecutionMode.CONCURRENT)
class PitfallsTest {
  @TempDir private Path directory;

  private static SimulationOptions quick() {
    return SimulationOptions.defaults()
        .withSlots(0)
        .withLatency(LatencyModel.of(Duration.ofMillis(10), Duration.ofMillis(2)));
  }

  /** The one level of a run against {@code engine}. */
  private JsonNode level(Engine engine, String... args) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "run",
                "--quiet",
                "--max-failed",
                "100%",
                "--output",
                directory.toString(),
                "--url",
                engine.url()));
    all.addAll(List.of(args));
    Cli cli = Cli.run(all.toArray(String[]::new));
    assertThat(cli.exitCode()).as(cli.err()).isZero();
    return new ResultFiles(directory).json().at("/levels/0");
  }

  private static List<String> codes(JsonNode level) {
    return level.at("/validity/findings").findValuesAsText("code");
  }

  private static double number(JsonNode level, String pointer) {
    return level.at(pointer).doubleValue();
  }

  @Test
  void aProxyThatHoldsTokensBackIsABufferedStream() {
    try (Engine engine = new Engine(quick().withFraming(Framing.PLAIN.withCoalesce(8)))) {
      JsonNode level = level(engine, "--requests", "20", "--max-tokens", "64", "--ignore-eos");

      assertThat(codes(level)).contains("buffered_stream");
      assertThat(number(level, "/metrics/icl_ms/p50")).isLessThan(0.001);
    }
  }

  @Test
  void aPlainStreamIsNone() {
    // Gaps long enough for an engine that waits for its core not to send by itself what it missed.
    SimulationOptions plain =
        quick().withLatency(LatencyModel.of(Duration.ofMillis(80), Duration.ofMillis(40)));
    try (Engine engine = new Engine(plain)) {
      JsonNode level =
          level(engine, "--requests", "10", "--concurrency", "2", "--max-tokens", "32");

      assertThat(codes(level)).doesNotContain("buffered_stream").contains("same_host");
    }
  }

  @Test
  void eventsOfFourTokensAreChunksAndNoTokens() {
    SimulationOptions fours =
        quick()
            .withLatency(
                LatencyModel.of(Duration.ofMillis(80), Duration.ofMillis(20))
                    .withTokensPerEvent(4));
    try (Engine engine = new Engine(fours)) {
      JsonNode level =
          level(
              engine,
              "--requests",
              "8",
              "--concurrency",
              "4",
              "--max-tokens",
              "64",
              "--ignore-eos");

      assertThat(codes(level)).contains("chunks_not_tokens");
      assertThat(level.at("/metrics/itl_ms/count").intValue()).isZero();
      // 15 gaps between 16 chunks make up the time of 63 tokens after the first: 80 and 19.05 ms
      // where the engine is on time, in this proportion however late a busy machine makes it.
      double icl = number(level, "/metrics/icl_ms/mean");
      double tpot = number(level, "/metrics/tpot_ms/mean");
      double afterFirst =
          number(level, "/metrics/e2e_ms/mean") - number(level, "/metrics/ttft_ms/mean");
      assertThat(tpot).isCloseTo(afterFirst / 63, within(0.001));
      assertThat(tpot).isGreaterThanOrEqualTo(icl * 15 / 63 - 0.001);
      assertThat(icl).isGreaterThan(3 * tpot);
      assertThat(number(level, "/metrics/output_tokens")).isEqualTo(8 * 64);
      assertThat(number(level, "/metrics/output_tps") * number(level, "/metrics/duration_s"))
          .isCloseTo(8 * 64, within(0.01));
    }
  }

  @Test
  void tokensOfAnswersThatWereCutHaveArrived() {
    try (Engine engine = new Engine(quick().withFaults(new Faults(0.5, List.of(Fault.CUT))))) {
      JsonNode level = level(engine, "--requests", "30", "--max-tokens", "32", "--ignore-eos");
      long sent = engine.log().values().stream().mapToLong(Engine.Served::tokens).sum();

      assertThat(number(level, "/metrics/output_tps") * number(level, "/metrics/duration_s"))
          .isCloseTo(sent, within(0.01));
      assertThat(number(level, "/metrics/output_tokens")).isLessThan(sent);
    }
  }

  @Test
  void aServerOfOneSlotDoesNotTakeTheRate() {
    try (Engine engine = new Engine(quick().withSlots(1))) {
      JsonNode level =
          level(
              engine,
              "--rate",
              "40",
              "--duration",
              "4s",
              "--max-tokens",
              "20",
              "--ignore-eos",
              "--slo",
              "ttft_max=60s");

      assertThat(codes(level)).contains("rate_not_achieved");
      assertThat(number(level, "/client/merged/asked_rps")).isEqualTo(40);
      assertThat(number(level, "/client/merged/completed_rps"))
          .isLessThan(number(level, "/client/merged/sent_rps"));
      assertThat(number(level, "/metrics/duration_s")).isEqualTo(4);
      assertThat(number(level, "/goodput/attainment")).isEqualTo(1);
    }
  }

  @Test
  void answersOfOneTokenAreUndetermined() {
    try (Engine engine = new Engine(quick())) {
      JsonNode level =
          level(engine, "--requests", "5", "--max-tokens", "1", "--slo", "ttft_max=60s");

      assertThat(codes(level)).contains("one_token_answers");
      assertThat(level.at("/metrics/tpot_undetermined").intValue()).isEqualTo(5);
      assertThat(level.at("/goodput/met").intValue()).isEqualTo(5);
    }
  }

  @Test
  void aLevelHasItsSteadyStateOrSaysWhyNot() {
    try (Engine engine = new Engine(quick())) {
      JsonNode level =
          level(
              engine,
              "--duration",
              "3s",
              "--concurrency",
              "4",
              "--max-tokens",
              "20",
              "--ignore-eos");
      JsonNode steady = level.get("steady_state");

      assertThat(steady.get("found").booleanValue()).isNotEqualTo(steady.has("reason"));
      if (steady.get("found").booleanValue()) {
        double seconds = number(steady, "/to_s") - number(steady, "/from_s");
        assertThat(number(steady, "/to_s")).isLessThanOrEqualTo(3);
        assertThat(number(steady, "/requests"))
            .isBetween(1.0, number(level, "/metrics/requests/successful"));
        assertThat(number(steady, "/output_tps") * seconds)
            .as("its tokens are some of those of the whole level")
            .isBetween(1.0, number(level, "/metrics/output_tokens") + 0.01);
      }
      assertThat(number(level, "/metrics/duration_s")).isEqualTo(3);
      assertThat(level.at("/metrics/peak_concurrency").intValue()).isEqualTo(4);
      assertThat(number(level, "/metrics/peak_output_tps"))
          .isGreaterThanOrEqualTo(number(level, "/metrics/output_tps"));
      assertThat(number(level, "/metrics/fluidity/mean")).isBetween(0.5, 1.0);
    }
  }

  @Test
  void moreUsersThanTheEngineServesAreToldOf() {
    Cli cli =
        Cli.run(
            "run",
            "--quiet",
            "--output",
            directory.toString(),
            "--concurrency",
            "40",
            "--requests",
            "60",
            "--max-tokens",
            "8");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("engine_cap").contains("no more than 32");
  }
}
