package io.streamgauge.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whole runs that start an engine as a process. */
@Execution(ExecutionMode.CONCURRENT)
class EngineRunTest {
  @TempDir private Path directory;
  private StandIns engines;
  private ResultFiles files;

  @BeforeEach
  void makeEngines() {
    engines = StandIns.in(directory);
    files = new ResultFiles(directory.resolve("results"));
  }

  @AfterEach
  void noEngineIsLeft() {
    List<ProcessHandle> left = engines.running();
    left.forEach(ProcessHandle::destroyForcibly);
    assertThat(left).isEmpty();
  }

  private Cli run(String... options) {
    return Cli.run(
        Stream.concat(
                Stream.of(
                    "run",
                    "--engines",
                    engines.folder().toString(),
                    "--output",
                    files.directory().toString(),
                    "--max-tokens",
                    "16"),
                Stream.of(options))
            .toArray(String[]::new));
  }

  @Test
  void aRunStartsAnEngineMeasuresItAndStopsIt() throws IOException {
    engines.vllm();

    Cli cli = run("--backend", "vllm", "--set", "max_num_seqs=8", "--requests", "6");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("=== RESULTS FOR vllm ===", "Engine:         vllm");
    JsonNode result = files.json();
    assertThat(result.at("/levels/0/metrics/requests/successful").intValue()).isEqualTo(6);
    assertThat(result.at("/run/model").textValue()).isEqualTo("org/stand-in");
    JsonNode engine = result.at("/environment/engine");
    assertThat(engine.path("argv").toString())
        .contains("org/stand-in", "\"--max-num-seqs\",\"8\"")
        .doesNotContain("s3cret");
    assertThat(engine.path("executable").textValue()).endsWith("/bin/java");
    assertThat(engine.path("time_to_ready_s").doubleValue()).isPositive();
    assertThat(log()).contains("stand-in engine: [", "ready");
  }

  @Test
  void whatAnEngineWasGivenAsASecretIsInNoFileAndOnNoConsole() throws IOException {
    engines.vllm("--admin-api-key=0f-file-S3cr3t");

    Cli cli =
        run(
            "--backend",
            "vllm",
            "--set",
            "extra_args=[\"--api-key\", \"0f-plan-S3cr3t\", \"--hf-token=0f-too-S3cr3t\"]",
            "--requests",
            "4");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out() + cli.err()).doesNotContain("S3cr3t");
    assertThat(log()).contains("--api-key, (hidden), --hf-token=(hidden)");
    try (Stream<Path> all = Files.list(files.directory())) {
      for (Path file : all.toList()) {
        assertThat(text(file)).as(file.toString()).doesNotContain("S3cr3t");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as(file.toString())
            .isIn("rw-r-----", "rw-------");
      }
    }
    assertThat(files.json().at("/plan/backends/0/settings/extra_args").toString())
        .isEqualTo("[\"--api-key\",\"(hidden)\",\"--hf-token=(hidden)\"]");
  }

  private static String text(Path file) throws IOException {
    if (!file.toString().endsWith(".gz")) {
      return Files.readString(file);
    }
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  /** The only log of an engine among the results, named as they are. */
  private String log() throws IOException {
    List<String> logs =
        files.names().stream().filter(name -> name.endsWith("_engine.log")).toList();
    assertThat(logs).hasSize(1);
    assertThat(logs.getFirst()).matches("[a-z]+_\\d{8}_\\d{6}_engine\\.log");
    return Files.readString(files.directory().resolve(logs.getFirst()));
  }

  @Test
  void anEngineThatDiesEndsTheRunAndEverythingBeforeIsKept() throws Exception {
    engines.vllm();
    CompletableFuture<Cli> running =
        CompletableFuture.supplyAsync(
            () -> run("--backend", "vllm", "--duration", "10m", "--concurrency", "4"));
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (finished() < 16 && !running.isDone() && System.nanoTime() < limit) {
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }

    engines.running().forEach(ProcessHandle::destroyForcibly);
    Cli cli = running.get(120, TimeUnit.SECONDS);

    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err())
        .contains("engine vllm died: exit code 137 (SIGKILL)", "the end of its log", "  | ready");
    JsonNode result = files.json();
    assertThat(result.at("/run/status").textValue()).isEqualTo("failed");
    assertThat(result.at("/run/failure").textValue())
        .isEqualTo("engine vllm died: exit code 137 (SIGKILL)");
    List<Map<String, String>> rows = files.requests();
    assertThat(rows).filteredOn(row -> row.get("outcome").equals("ok")).hasSizeGreaterThan(7);
    assertThat(rows)
        .filteredOn(row -> !row.get("outcome").equals("ok"))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.get("outcome")).isEqualTo("engine_died"))
        .hasSizeLessThanOrEqualTo(8);
    assertThat(log()).contains("ready");
  }

  /** Requests that the engine has served to their end. */
  private long finished() {
    try {
      return Web.get("http://127.0.0.1:%d/simulation/log".formatted(engines.port("vllm")))
          .lines()
          .count();
    } catch (UncheckedIOException _) {
      return 0; // it does not listen yet
    }
  }

  @Test
  void anEngineThatCrashesAtItsStartFailsTheRunWithItsLastWords() throws IOException {
    engines.vllm("--broken");

    Cli cli = run("--backend", "vllm");

    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err())
        .contains(
            "engine vllm: ended before it was ready: exit code 1",
            "  | RuntimeError: no kernel image is available");
    assertThat(log()).contains("RuntimeError: no kernel image is available");
  }

  @Test
  void allRunsWhatIsThereAndComparesIt() throws IOException {
    engines.vllm().missing("sglang").llamacpp();

    Cli cli = run("--backend", "all", "--requests", "4");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.err()).contains("skipped: sglang: the executable no-such-sglang is not found");
    assertThat(cli.out())
        .contains("=== RESULTS FOR vllm ===", "=== RESULTS FOR llamacpp ===")
        .contains("=== COMPARISON (times in ms) ===")
        .containsPattern("vllm +c20 +completed +4 +0 ")
        .containsPattern("llamacpp +c20 +completed +4 +0 ")
        .endsWith("skipped: sglang: the executable no-such-sglang is not found\n");
    assertThat(files.summary()).hasSize(3);
  }

  @Test
  void oneEngineThatFailsDoesNotStopTheOthers() {
    engines.vllm("--broken").missing("sglang").llamacpp();

    Cli cli = run("--backend", "all", "--requests", "4");

    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err()).contains("engine vllm: ended before it was ready");
    assertThat(files.json().at("/run/backend").textValue()).isEqualTo("llamacpp");
    assertThat(files.json().at("/run/status").textValue()).isEqualTo("completed");
  }

  @Test
  void allWithoutAnEngineFailsAndNamesEach() {
    engines.missing("vllm").missing("sglang").missing("llamacpp");

    Cli cli = run("--backend", "all");

    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err())
        .contains("vllm: the executable", "sglang: the executable", "llamacpp: the executable")
        .contains("none of the engines can be started here");
    assertThat(files.directory()).doesNotExist();
  }

  @Test
  void aWrongSettingIsWrongUsageBeforeAnythingIsStarted() {
    engines.vllm();

    Cli cli = run("--backend", "vllm", "--set", "port=80");

    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err())
        .isEqualTo(
            "streamgauge run: settings.port: 80 is not valid, expected a whole number from 1024 to"
                + " 65535\n");
  }

  @Test
  void settingsOfAPlanAndOfTheCommandGoOverTheFile() throws IOException {
    engines.vllm();
    Path plan = directory.resolve("plan.yaml");
    Files.writeString(
        plan,
        """
        backends: [{name: mine, engine: vllm, model: org/plan, settings: {dtype: bfloat16}}]
        levels: [{name: c2, concurrency: 2, requests: 4}]
        """);

    Cli cli = run("--plan", plan.toString(), "--set", "max_model_len=2048");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(files.json().at("/environment/engine/argv").toString())
        .contains("\"bfloat16\"", "\"2048\"", "\"org/plan\"");
    JsonNode settings = files.json().at("/plan/backends/0/settings");
    assertThat(settings.path("dtype").textValue()).isEqualTo("bfloat16");
    assertThat(settings.path("max_model_len").intValue()).isEqualTo(2048);
  }
}
