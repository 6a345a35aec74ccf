package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WrongUsageTest {
  @TempDir private Path directory;

  /** Of two processes, since what is loaded meanwhile made every other one lose its message. */
  @Test
  void aMistakeIsToldWithoutAStackTraceWhateverIsLoadedMeanwhile() {
    OwnProcess process = new OwnProcess(directory, Map.of());
    for (String wrong : List.of("--concurrency=0", "--dataset=/no/such")) {
      assertThat(process.run(wrong)).isEqualTo(2);
      assertThat(OwnProcess.output(directory).lines())
          .anyMatch(line -> line.startsWith("streamgauge run: "))
          .noneMatch(line -> line.startsWith("\tat "));
    }
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        arguments("--url localhost:8000", "url", "localhost:8000", "http(s)://HOST"),
        arguments("--url ftp://host", "url", "ftp://host", "http(s)://HOST"),
        arguments("--url http://h:99999", "url", "99999", "from 1 to 65535"),
        arguments("--concurrency 0", "concurrency", "0", "from 1"),
        arguments("--concurrency ten", "concurrency", "ten", "whole numbers such as 8, 1,2,4"),
        arguments("--concurrency 1,1.5", "concurrency", "1.5", "a whole number"),
        arguments("--concurrency 1,2,2", "concurrency", "1,2,2", "each of them once"),
        arguments("--concurrency 8..2", "concurrency", "8..2", "a range from above 0"),
        arguments("--rate 0..4", "rate", "0..4", "a range from above 0"),
        arguments("--rate 1,,2", "rate", "1,,2", "requests per second such as"),
        arguments("--order fast", "order", "fast", "given or shuffled"),
        arguments("--order shuffled --stop-when-saturated", "order", "shuffled", "none beside"),
        arguments("--requests -3", "requests", "-3", "from 1"),
        arguments("--duration 30", "duration", "30", "unit"),
        arguments("--duration 0s", "duration", "", "above 0"),
        arguments("--timeout soon", "timeout", "soon", "unit"),
        arguments("--rate 0", "rate", "0", "above 0"),
        arguments("--rate -1", "rate", "-1", "above 0"),
        arguments("--rate 5 --arrival often", "arrival", "often", "poisson"),
        arguments("--rate 5 --arrival gamma:0", "arrival", "gamma:0", "CV"),
        arguments("--rate 5 --arrival gamma:x", "arrival", "gamma:x", "gamma:CV"),
        arguments("--rate 5 --arrival ramp:50", "arrival", "ramp:50", "requests or duration"),
        arguments("--arrival poisson", "arrival", "poisson", "--rate"),
        arguments("--arrival replay:/no/such/times", "arrival", "/no/such/times", "no such file"),
        arguments("--arrival replay:x --rate 5", "arrival", "replay:x", "without --rate"),
        arguments("--arrival trace --rate 5", "arrival", "trace", "without --rate"),
        arguments("--arrival trace", "arrival", "trace", "a dataset whose rows have times"),
        arguments("--arrival trace --speed 0", "speed", "0.0", "1 is as it was"),
        arguments("--rate 5 --speed 2", "speed", "2.0", "--arrival trace"),
        arguments("--concurrency 5 --spread-ties", "spread-ties", "true", "--arrival trace"),
        arguments("--rate 5 --concurrency 3", "rate", "5", "--concurrency"),
        arguments("--max-concurrency 3", "max-concurrency", "3", "--rate"),
        arguments("--max-tokens 0", "max_tokens", "0", "from 1"),
        arguments("--endpoint images", "endpoint", "images", "embeddings"),
        arguments("--warmup -1", "warmup", "-1", "from 0"),
        arguments("--warmup soon", "warmup", "soon", "auto"),
        arguments("--agents 0", "agents", "0", "from 1"),
        arguments("--max-failed 1", "max_failed", "1", "%"),
        arguments("--max-failed 101%", "max_failed", "101%", "100%"),
        arguments("--slo ttft_p99", "slo", "ttft_p99", "METRIC_STATISTIC=LIMIT"),
        arguments("--slo speed_p99=1s", "slo", "speed_p99", "METRIC_STATISTIC=LIMIT"),
        arguments("--slo ttft_p98=1s", "slo", "ttft_p98", "METRIC_STATISTIC=LIMIT"),
        arguments("--slo ttft_p99=500", "ttft_p99", "500", "unit"),
        arguments("--backend tgi", "backend", "tgi", "vllm, sglang, llamacpp, sim or all"),
        arguments("--backend vllm --engines /no/such", "engines", "/no/such", "a folder"),
        arguments("--url http://h --set slots=1", "set", "slots=1", "starts no engine"),
        arguments("--set slots", "set", "slots", "KEY=VALUE"),
        arguments("--set tp=2", "set", "tp=2", "one of the settings"),
        arguments("--set slots=many", "settings.slots", "many", "a whole number"),
        arguments("--set host=0.0.0.0", "settings.host", "0.0.0.0", "only"),
        arguments("--url http://h --backend a/b", "backend", "a/b", "letters"),
        arguments("--url http://h --header nonsense", "header", "(hidden)", "NAME: VALUE"),
        arguments("--header a:b", "header", "given", "--url"),
        arguments(
            "--url http://h --api-key-env NO_SUCH_VARIABLE_HERE",
            "api-key-env",
            "NO_SUCH",
            "holds a key"),
        arguments(
            "--tokenizer /no/such --input-tokens 9", "tokenizer", "/no/such", "tokenizer.json"),
        arguments("--dataset /no/such/file.json", "", "/no/such/file.json", ""),
        arguments("--plan /no/such/plan.yaml", "plan", "/no/such/plan.yaml", "no such file"),
        arguments("--no-such-option", "", "--no-such-option", "Unknown option"),
        arguments("--concurency 4", "", "--concurency", "is --concurrency meant?"),
        arguments("--requests", "requests", "", "parameter"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void aWrongOptionIsOneLineThatNamesFieldValueAndExpectation(
      String options, String field, String value, String expected) {
    List<String> args =
        new ArrayList<>(List.of("run", "--output", directory.resolve("r").toString()));
    args.addAll(Arrays.asList(options.split(" ")));

    Cli cli = Cli.run(args.toArray(String[]::new));

    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err().lines()).as(cli.err()).hasSize(1);
    assertThat(cli.err()).startsWith("streamgauge run: ").contains(field, value, expected);
    assertThat(cli.err()).doesNotContain("Exception", "io.streamgauge");
    assertThat(cli.out()).isEmpty();
    assertThat(directory.resolve("r")).doesNotExist();
  }

  @Test
  void aWrongRowOfADatasetIsNamed() throws java.io.IOException {
    Path dataset =
        Files.writeString(directory.resolve("d.json"), "[{\"prompt\": \"hi\"}, {\"prompt\": 7}]");

    Cli cli = Cli.run("run", "--dataset", dataset.toString());

    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.err()).contains("d.json", "row 2", "prompt", "7");
  }

  @Test
  void anUnknownCommandIsOneLine() {
    Cli cli = Cli.run("walk");

    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.err()).contains("walk");
  }

  @Test
  void helpIsThereOnEveryLevel() {
    for (String[] args :
        new String[][] {
          {"--help"},
          {"run", "--help"},
          {"simulate", "--help"},
          {"dataset", "--help"},
          {"dataset", "generate", "--help"},
          {"dataset", "show", "--help"},
          {"completion", "--help"}
        }) {
      Cli cli = Cli.run(args);
      assertThat(cli.exitCode()).as(String.join(" ", args)).isZero();
      assertThat(cli.out()).contains("Usage: streamgauge");
    }
  }

  @Test
  void theHelpOfAllIsTheSameAsThatOfTheWholeTree() {
    assertThat(Cli.run("--help").out()).isEqualTo(Streamgauge.commandLine().getUsageMessage());
  }

  @Test
  void aMissingCommandIsOneLine() {
    Cli cli = Cli.run();

    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err()).startsWith("streamgauge: a command is missing");
  }

  @Test
  void anOutputThatCannotBeWrittenIsRefusedBeforeAnythingIsSent() throws java.io.IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    for (Path output : List.of(file.resolve("below"), Path.of("/proc/streamgauge"))) {
      Cli cli = Cli.run("run", "--output", output.toString());

      assertThat(cli.exitCode()).isEqualTo(2);
      assertThat(cli.err().lines()).hasSize(1);
      assertThat(cli.err())
          .startsWith("streamgauge run: output: " + output)
          .contains("a directory in which files can be made");
    }
  }
}
