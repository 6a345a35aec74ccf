package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Requests that may need more tokens than their server takes for one. */
@Execution(ExecutionMode.CONCURRENT)
class ContextTest {
  /** Of 4, 600 and 40 tokens by the count of the simulated engine. */
  private static final String PROMPTS =
      """
      ["Tell me more.", "%s", "%s"]
      """
          .formatted("word ".repeat(450), "word ".repeat(30));

  @TempDir private Path directory;

  private Cli run(int context, String dataset, String... args) throws IOException {
    Path file = Files.writeString(directory.resolve("prompts.json"), dataset);
    SimulationOptions options =
        SimulationOptions.defaults()
            .withContext(context)
            .withLatency(LatencyModel.of(Duration.ofMillis(5), Duration.ofNanos(100_000)));
    try (Engine engine = new Engine(options)) {
      return Cli.run(
          Stream.concat(
                  Stream.of(
                      "run",
                      "--quiet",
                      "--output=" + directory.resolve("results"),
                      "--url=" + engine.url(),
                      "--dataset=" + file,
                      "--ignore-eos",
                      "--max-failed=50%"),
                  Stream.of(args))
              .toArray(String[]::new));
    }
  }

  private JsonNode findings() {
    return new ResultFiles(directory.resolve("results")).json().at("/levels/0/validity/findings");
  }

  @Test
  void whatIsCutOrRefusedIsToldBeforeTheLoadAndFoundAfterIt() throws IOException {
    Cli cli = run(256, PROMPTS, "--max-tokens=240");

    assertThat(cli.exitCode()).as(cli.out() + cli.err()).isZero();
    assertThat(cli.err())
        .contains(
            "takes 256 tokens for a prompt and its answer together", "about 803 may be needed")
        .contains("1 of 3 prompts will be refused", "1 of 3 will be answered in part, or refused")
        .contains("raise context (--context)");
    assertThat(findings().findValuesAsText("code"))
        .contains("context_short", "context_full", "requests_failed");
    assertThat(findings().findValuesAsText("message"))
        .anyMatch(
            text ->
                text.startsWith("1 of 2 answers came to an end for their length")
                    && text.contains("filled the context of 256 tokens")
                    && text.endsWith(
                        "30 tokens of a prompt and 226 of its answer, of at most 240"));
  }

  @Test
  void whereAllHasRoomNothingIsTold() throws IOException {
    Cli cli = run(1_100, PROMPTS, "--max-tokens=256");

    assertThat(cli.exitCode()).as(cli.out() + cli.err()).isZero();
    assertThat(cli.err()).doesNotContain("tokens for a prompt");
    assertThat(findings().findValuesAsText("code"))
        .doesNotContain("context_short", "context_full", "requests_failed");
  }

  @Test
  void aPromptThatIsKnownToBeTooLongIsRefusedBeforeTheLoad() throws IOException {
    Cli cli = run(512, "[{\"prompt\": \"Tell me more.\", \"input_tokens\": 513}]");

    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err()).contains("prompt 1 is of 513 tokens, expected at most 512");
  }
}
