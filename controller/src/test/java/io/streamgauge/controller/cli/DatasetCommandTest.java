package io.streamgauge.controller.cli;

import static io.streamgauge.controller.dataset.ScriptedApi.error;
import static io.streamgauge.controller.dataset.ScriptedApi.good;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import io.streamgauge.common.dataset.DatasetFile;
import io.streamgauge.common.dataset.DatasetRows;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.file.DatasetReader;
import io.streamgauge.common.dataset.file.ReadOptions;
import io.streamgauge.common.dataset.format.Formats;
import io.streamgauge.common.dataset.row.FileRow;
import io.streamgauge.common.dataset.session.Sessions;
import io.streamgauge.common.plan.request.DatasetRef;
import io.streamgauge.controller.dataset.DatasetGeneration;
import io.streamgauge.controller.dataset.ScriptedApi;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

class DatasetCommandTest {
  private static final String KEY = "sk-or-v1-0123456789abcdef";
  private static final Map<String, String> ENVIRONMENT = Map.of("OPENROUTER_API_KEY", KEY);

  private final ScriptedApi api = new ScriptedApi();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path directory;

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void generateShowsALineAPromptAndTheTotals() {
    api.then(good(1), error(503, "overloaded"));

    assertThat(generate(ENVIRONMENT, "--count=10")).isZero();

    assertThat(err.toString()).isEmpty();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(12);
    assertThat(lines.get(0))
        .matches(
            "\\[ 1/10] coding: \"Explain in three sentences what is special about number 1\\."
                + "\" \\(\\d+ ms\\)");
    assertThat(lines.get(1))
        .isEqualTo("[ 2/10] reasoning: status 503: overloaded; attempt 2 of 6 in 0.0s");
    assertThat(lines.get(10)).startsWith("[10/10] coding: ");
    assertThat(lines.get(11))
        .matches(
            "10 prompts in .*benchmark_dataset.json \\(10 new, 0 kept\\), retries: 1,"
                + " time: \\d+\\.\\ds");
  }

  @Test
  void generateThatFailsSaysSoInOneLineAndKeepsWhatItHas() {
    api.then(good(1), error(402, "Insufficient credits"));

    assertThat(generate(ENVIRONMENT)).isEqualTo(1);

    assertThat(err.toString().lines())
        .containsExactly(
            "dataset generate: prompt 2 (reasoning): status 402: Insufficient credits (%s has 1"
                    .formatted(output())
                + " prompts, 1 of them new; run it again to go on)");
    assertThat(DatasetFile.read(output()).prompts()).hasSize(1);
  }

  @Test
  void generateReadsTheKeyFromTheFileInItsDirectory() throws IOException {
    Files.writeString(directory.resolve(".env"), "export OPENROUTER_API_KEY='" + KEY + "'\n");

    assertThat(generate(Map.of(), "--count=1")).isZero();

    assertThat(api.calls().getFirst().headers()).containsEntry("authorization", "Bearer " + KEY);
  }

  @Test
  void generateWithoutAKeyIsWrongUsage() {
    assertThat(generate(Map.of())).isEqualTo(2);

    assertThat(err.toString().lines())
        .containsExactly(
            "dataset generate: OPENROUTER_API_KEY: not set,"
                + " expected an OpenRouter key in the environment or in .env");
    assertThat(api.calls()).isEmpty();
  }

  @Test
  void generateRefusesAFileThatIsNoDataset() throws IOException {
    Files.writeString(output(), "precious");

    assertThat(generate(ENVIRONMENT)).isEqualTo(2);

    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("dataset generate: " + output() + " line 1, column 1: not JSON");
    assertThat(output()).hasContent("precious");
    assertThat(api.calls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          --count=0                        | --count: 0 is not valid, expected 1 or more
          --model=                         | `--model: "" is not valid, expected a model's name`
          --api-url=openrouter.ai          | --api-url: openrouter.ai is not valid, expected http(s)://
          --api-url=ftp://openrouter.ai    | --api-url: ftp://openrouter.ai is not valid, expected http
          --api-url=https://me:pw@host     | --api-url: a URL with a user is not valid, expected http
          """)
  void generateNamesAWrongOption(String option, String message) {
    assertThat(generate(ENVIRONMENT, option)).isEqualTo(2);

    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("dataset generate: " + message)
        .doesNotContain("pw");
  }

  @Test
  void theKeyIsInNoOutputAndNoLogAndTheLogHasNoWarnings() {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Level before = root.getLevel();
    List<Appender<ILoggingEvent>> others = new ArrayList<>();
    root.iteratorForAppenders().forEachRemaining(others::add);
    others.forEach(root::detachAppender);
    log.start();
    root.addAppender(log);
    root.setLevel(Level.TRACE);
    try {
      api.then(good(1), error(500, "you sent " + KEY), error(403, "Bearer " + KEY + " may not"));

      assertThat(generate(ENVIRONMENT)).isEqualTo(1);
    } finally {
      root.setLevel(before);
      root.detachAppender(log);
      others.forEach(root::addAppender);
    }

    assertThat(api.calls()).hasSize(3);
    assertThat(out.toString()).contains("you sent ***").doesNotContain(KEY);
    assertThat(err.toString()).contains("Bearer *** may not").doesNotContain(KEY);
    assertThat(log.list).isNotEmpty();
    assertThat(List.copyOf(log.list))
        .noneMatch(event -> String.valueOf(event.getFormattedMessage()).contains(KEY))
        // The command has no event bus: what one says is of a test that runs beside this one.
        .filteredOn(event -> !event.getLoggerName().startsWith("io.vertx.core.eventbus"))
        .noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.WARN));
  }

  @Test
  void showDescribesAFile() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("small.json"),
            """
            [{"id": "a", "category": "math", "prompt": "Add one\\nand one.", "max_tokens": 32},
             "%s"]
            """
                .formatted("x".repeat(70)));

    assertThat(show(file.toString())).isZero();

    assertThat(out.toString())
        .isEqualTo(
            """
            Dataset:     small.json
            Format:      prompts (JSON)
            Prompts:     2
            Characters:  min 16, median 43, max 70
               16..31  50.0 %%  ########################################
               32..63   0.0 %%
              64..127  50.0 %%  ########################################
            Max tokens:  min 32, median 32, max 32, unset: 1

            Category             Prompts
            math                       1
            general                    1

            Id           Category             Characters Max tokens  Prompt
            a            math                         16         32  Add one and one.
            2            general                      70          -  %s…
            """
                .formatted("x".repeat(60)));
  }

  @Test
  void showDescribesATrace() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("trace.jsonl"),
            """
            {"timestamp": 0, "input_length": 1000, "output_length": 5, "hash_ids": [1, 2]}
            {"timestamp": 0, "input_length": 600, "output_length": 1, "hash_ids": [1, 3]}
            {"timestamp": 120000, "input_length": 1200, "output_length": 9, "hash_ids": [1, 2, 4]}
            {"timestamp": 60000, "input_length": 100, "output_length": 7, "hash_ids": [5], "x": 1}
            """);

    assertThat(show(file.toString())).isZero();

    assertThat(out.toString())
        .isEqualTo(
            """
            Dataset:     trace.jsonl
            Format:      mooncake (JSON, a row a line; timestamp and delay in ms, blocks of 512 tokens unless block_size says otherwise)
            Note:        ignored: field x, in 1 rows
            Note:        out of order: 1 are behind a later one
            Requests:    4, lengths alone

            Input tokens: min 100, median 800, max 1200, p90 1200, p99 1200, mean 725.0
                 64..127  25.0 %  ####################
                128..255   0.0 %
                256..511   0.0 %
               512..1023  50.0 %  ########################################
              1024..2047  25.0 %  ####################

            Output tokens: min 1, median 6, max 9, p90 9, p99 9, mean 5.5
               1..1  25.0 %  ####################
               2..3   0.0 %
               4..7  50.0 %  ########################################
              8..15  25.0 %  ####################

            Prefix reuse: 37.5 % of 8 blocks of 512 tokens were there before

            Arrivals:    over 2m, 0.025/s on average, CV of gaps 1.00, ties 25.0 %
                  from 0s  0.20/s  ########################################
                 from 10s  0.00/s
                 from 20s  0.00/s
                 from 30s  0.00/s
                 from 40s  0.00/s
                 from 50s  0.00/s
                  from 1m  0.10/s  ####################
              from 1m 10s  0.00/s
              from 1m 20s  0.00/s
              from 1m 30s  0.00/s
              from 1m 40s  0.00/s
              from 1m 50s  0.00/s
                  from 2m  0.10/s  ####################
            """);
  }

  @Test
  void showTakesTheFileInItsDirectoryElseTheBuiltInPrompts() throws IOException {
    assertThat(show()).isZero();
    assertThat(out.toString()).contains("Dataset:     built-in\n", "Prompts:     18\n");

    Files.writeString(output(), "[\"one\"]");

    assertThat(show()).isZero();
    assertThat(out.toString()).contains("Dataset:     benchmark_dataset.json\n");
  }

  @Test
  void convertWritesATraceThatIsReadBackAsTheSame() throws IOException {
    Path csv =
        Files.writeString(
            directory.resolve("trace.csv"),
            """
            Timestamp,Session ID,Request tokens,Response tokens
            100,a,7,3
            100.25,b,9,0
            """);
    Path json = directory.resolve("trace.json");

    assertThat(convert(csv.toString(), "--output=" + json)).isZero();

    assertThat(out.toString()).isEqualTo("2 requests of burstgpt in " + json + "\n");
    assertThat(json)
        .hasContent(
            """
            [
              {"input_length":7,"output_length":3,"timestamp":0,"session_id":"a"},
              {"input_length":9,"output_length":0,"timestamp":250,"session_id":"b"}
            ]
            """);
    List<FileRow> before = new ArrayList<>();
    List<FileRow> after = new ArrayList<>();
    DatasetReader.read(csv, ReadOptions.DEFAULT, before::add);
    DatasetReader.read(json, ReadOptions.DEFAULT, after::add);
    assertThat(after).isEqualTo(before);
  }

  @Test
  void convertWritesPromptsThatARunReadsAsBefore() throws IOException {
    String row = "{\"id\": \"x\", \"conversations\": [{\"from\": \"human\", \"value\": \"a\"}]}\n";
    Path other = Files.writeString(directory.resolve("other.jsonl"), row + row);
    Path own = directory.resolve("own.jsonl");

    assertThat(convert(other.toString(), "--output=" + own)).isZero();

    assertThat(DatasetFile.read(own).prompts()).isEqualTo(DatasetFile.read(other).prompts());
    assertThat(DatasetFile.read(own).notes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'id': 'x', 'conversations': [{'from': 'human', 'value': 'a'}, {'from': 'gpt', 'value':"
            + " 'b'}, {'from': 'human', 'value': 'c'}]}",
        "{'id': 'x', 'conversations': [{'from': 'system', 'value': 's'}, {'from': 'human', 'value':"
            + " 'a'}, {'from': 'gpt', 'value': 'b'}, {'from': 'human', 'value': 'c'}]}",
        "{'id': 'x', 'messages': [{'role': 'user', 'content': 'a'}, {'role': 'assistant',"
            + " 'content': 'b'}, {'role': 'user', 'content': 'c'}, {'role': 'assistant', 'content':"
            + " 'd'}]}",
        "{'session_id': 'x', 'turns': [{'text': 'a'}, {'text': 'c', 'delay': 20}]}",
      })
  void convertWritesAllTurnsOfAConversation(String row) throws IOException {
    Path other = Files.writeString(directory.resolve("other.json"), row.replace('\'', '"'));
    Path own = directory.resolve("own.jsonl");

    assertThat(convert(other.toString(), "--output=" + own)).isZero();

    for (Optional<Sessions> way :
        List.of(Optional.of(Sessions.DEFAULT), Optional.<Sessions>empty())) {
      assertThat(prompts(own, way)).as(Files.readString(own)).isEqualTo(prompts(other, way));
    }
    assertThat(prompts(own, Optional.of(Sessions.DEFAULT)).getFirst().later()).hasSize(1);
  }

  private static List<Prompt> prompts(Path file, Optional<Sessions> way) {
    return ((DatasetRows.Prompts) DatasetRef.of(file.toString()).inSessions(way).load(false))
        .dataset()
        .prompts();
  }

  @Test
  void convertOfAWrongFileLeavesNothing() throws IOException {
    Path wrong = Files.writeString(directory.resolve("wrong.jsonl"), "\"one\"\n2\n");
    Path output = Files.writeString(directory.resolve("own.json"), "precious");

    assertThat(convert(wrong.toString(), "--output=" + output)).isEqualTo(2);

    assertThat(err.toString())
        .startsWith("dataset convert: " + wrong + " line 2, value: 2 is not valid");
    assertThat(output).hasContent("precious");
    assertThat(directory.toFile().list()).containsExactlyInAnyOrder("wrong.jsonl", "own.json");
  }

  @Test
  void showOfAMissingFileIsWrongUsage() {
    assertThat(show("none.json")).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "dataset show: none.json: no such file,"
                + " expected prompts or a trace as JSON, JSONL, CSV or text, in one of the formats "
                + Formats.names());
  }

  @Test
  void datasetAloneIsWrongUsageAndItsHelpNamesTheSubCommands() {
    assertThat(execute(new CommandLine(new DatasetCommand()))).isEqualTo(2);
    assertThat(err.toString()).contains("expected generate, show or convert");

    assertThat(execute(new CommandLine(new DatasetCommand()), "--help")).isZero();
    assertThat(out.toString()).contains("generate", "show", "convert");
    assertThat(execute(new CommandLine(new DatasetCommand()), "generate", "--help")).isZero();
    assertThat(out.toString()).contains("anthropic/claude-opus-4.5", "18", "https://openrouter.ai");
  }

  private int generate(Map<String, String> environment, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--output=" + output(), "--api-url=" + api.url()));
    List<String> own = List.of(more);
    arguments.removeIf(argument -> own.stream().anyMatch(other -> sameOption(argument, other)));
    arguments.addAll(own);
    DatasetGeneration fast =
        new DatasetGeneration(
            Duration.ofSeconds(60), Duration.ofMillis(1), InstantSource.system(), _ -> {});
    return execute(
        command(new DatasetGenerateCommand(environment, directory, fast)),
        arguments.toArray(String[]::new));
  }

  private int show(String... arguments) {
    return execute(command(new DatasetShowCommand(directory)), arguments);
  }

  private int convert(String... arguments) {
    return execute(command(new DatasetConvertCommand()), arguments);
  }

  private int execute(CommandLine command, String... arguments) {
    return command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
  }

  private static CommandLine command(Callable<Integer> command) {
    return new CommandLine(command);
  }

  private static boolean sameOption(String one, String other) {
    return one.split("=", 2)[0].equals(other.split("=", 2)[0]);
  }

  private Path output() {
    return directory.resolve("benchmark_dataset.json");
  }
}
