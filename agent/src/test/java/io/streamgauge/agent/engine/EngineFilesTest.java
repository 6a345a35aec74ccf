package io.streamgauge.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.streamgauge.agent.engine.EngineFiles.Origin;
import io.streamgauge.agent.engine.kind.Engine;
import io.streamgauge.agent.engine.kind.Launch;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.engine.EngineKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EngineFilesTest {
  /** As the repository ships them; tests run in their module's folder. */
  private static final Path OWN = Path.of("/own");

  private static final Path SHIPPED = Path.of("..", "deploy", "engines");

  private static final String LLAMA = "meta-llama/Meta-Llama-3-8B-Instruct";

  @TempDir private Path folder;

  private Engine read(EngineKind kind, Map<String, Object> settings, Origin origin) {
    return new EngineFiles(folder, origin).read(kind, settings, Optional.empty());
  }

  private void write(EngineKind kind, String text) throws IOException {
    Files.writeString(folder.resolve(kind.label() + ".yaml"), text);
  }

  @ParameterizedTest
  @EnumSource
  void theShippedFilesSayWhatHoldsWithoutThem(EngineKind kind) throws IOException {
    write(kind, "");

    assertThat(new EngineFiles(SHIPPED, Origin.USER).read(kind, Map.of(), Optional.empty()))
        .usingRecursiveComparison()
        .ignoringFields("host.command")
        .isEqualTo(read(kind, Map.of(), Origin.USER));
  }

  @Test
  void vllmIsStartedAsItsSettingsSay() {
    Engine.External vllm = shipped(EngineKind.VLLM, Map.of("max_num_seqs", 64), "org/other");

    assertThat(vllm.argv("127.0.0.1", OWN))
        .containsExactly(
            "vllm",
            "serve",
            "org/other",
            "--served-model-name",
            "org/other",
            "--host",
            "127.0.0.1",
            "--port",
            "8000",
            "--tensor-parallel-size",
            "1",
            "--gpu-memory-utilization",
            "0.9",
            "--dtype",
            "float16",
            "--max-model-len",
            "4096",
            "--max-num-seqs",
            "64");
    assertThat(vllm.maxRunning()).contains(64);
  }

  @Test
  void sglangIsStartedAsItsSettingsSay() {
    Engine.External sglang = shipped(EngineKind.SGLANG, Map.of("tp_size", 2), null);

    assertThat(sglang.argv("10.0.0.5", OWN))
        .containsExactly(
            "python3",
            "-m",
            "sglang.launch_server",
            "--model-path",
            LLAMA,
            "--served-model-name",
            LLAMA,
            "--host",
            "10.0.0.5",
            "--port",
            "30000",
            "--tp-size",
            "2",
            "--mem-fraction-static",
            "0.85",
            "--enable-metrics");
  }

  @Test
  void llamaCppIsStartedAsItsSettingsSay() {
    Engine.External llama =
        shipped(
            EngineKind.LLAMACPP,
            Map.of("model_path", "/m/tiny.gguf", "extra_args", List.of("-t", 1)),
            null);

    assertThat(llama.argv("127.0.0.1", OWN))
        .containsExactly(
            "./llama-server",
            "--model",
            "/m/tiny.gguf",
            "--alias",
            "tiny",
            "--host",
            "127.0.0.1",
            "--port",
            "8080",
            "--ctx-size",
            "8192",
            "--n-gpu-layers",
            "999",
            "--parallel",
            "32",
            "--metrics",
            "--slot-save-path",
            "/own",
            "-t",
            "1");
    assertThat(llama.maxRunning()).contains(32);
  }

  @Test
  void llamaCppKeepsNoPromptsInTheHostsMemoryUnlessItsFileSaysSo() throws IOException {
    assertThat(shipped(EngineKind.LLAMACPP, Map.of(), null).host().env())
        .containsExactly(Map.entry("LLAMA_ARG_CACHE_RAM", "0"));

    write(EngineKind.LLAMACPP, "env: {LLAMA_ARG_CACHE_RAM: \"512\", OTHER: x}");
    assertThat(((Engine.External) read(EngineKind.LLAMACPP, Map.of(), Origin.USER)).host().env())
        .containsExactlyInAnyOrderEntriesOf(Map.of("LLAMA_ARG_CACHE_RAM", "512", "OTHER", "x"));
  }

  private static Engine.External shipped(
      EngineKind kind, Map<String, Object> settings, String model) {
    return (Engine.External)
        new EngineFiles(SHIPPED, Origin.USER).read(kind, settings, Optional.ofNullable(model));
  }

  @Test
  void aPlansModelIsLoadedAndServedUnlessItsSettingsSayWhatToLoad() {
    Engine.External path = shipped(EngineKind.VLLM, Map.of("model", "/models/llama"), "llama3");

    assertThat(path.model()).isEqualTo("llama3");
    assertThat(path.source()).isEqualTo("/models/llama");
    assertThat(shipped(EngineKind.LLAMACPP, Map.of(), "llama3").model()).isEqualTo("llama3");
    assertThat(shipped(EngineKind.LLAMACPP, Map.of(), "llama3").source()).isEqualTo("./model.gguf");
  }

  @Test
  void aCommandReplacesTheExecutableOrItsFirstArgumentsToo() throws IOException {
    write(EngineKind.VLLM, "command: /opt/vllm/bin/vllm");
    assertThat(argv(EngineKind.VLLM)).startsWith("/opt/vllm/bin/vllm", "serve", LLAMA);

    write(EngineKind.SGLANG, "command: [sglang, serve]");
    assertThat(argv(EngineKind.SGLANG)).startsWith("sglang", "serve", "--model-path");

    write(EngineKind.LLAMACPP, "command: [python3, server.py]\nready_timeout: 30s");
    assertThat(argv(EngineKind.LLAMACPP)).startsWith("python3", "server.py", "--model");
    Engine.External llama = (Engine.External) read(EngineKind.LLAMACPP, Map.of(), Origin.NETWORK);
    assertThat(llama.host().readyTimeout()).isEqualTo(Duration.ofSeconds(30));
  }

  private List<String> argv(EngineKind kind) {
    return ((Engine.External) read(kind, Map.of(), Origin.NETWORK)).argv("127.0.0.1", OWN);
  }

  static Stream<Arguments> wrongFiles() {
    return Stream.of(
        arguments("tensor_paralel_size: 2", "tensor_paralel_size: 2", "one of the settings"),
        arguments("port: 80", "port: 80", "a whole number from 1024 to 65535"),
        arguments("port: '8000'", "port: 8000", "a whole number"),
        arguments("tensor_parallel_size: 1.5", "tensor_parallel_size: 1.5", "a whole number"),
        arguments("gpu_memory_utilization: 1.2", "1.2", "above 0 and up to 1"),
        arguments("dtype: int4", "dtype: int4", "one of auto, half"),
        arguments("model: --trust-remote-code", "--trust-remote-code", "no dash"),
        arguments("model: 7", "model: 7", "a text"),
        arguments("extra_args: --eager", "extra_args: --eager", "a list"),
        arguments("extra_args: [--port, '9']", "extra_args: --port", "settings of their own"),
        arguments("extra_args: [--host=0.0.0.0]", "--host=0.0.0.0", "settings of their own"),
        arguments("env: {A-B: s3cret}", "env.A-B", "the name of a variable"),
        arguments("env: s3cret", "env", "a mapping"),
        arguments("ready_timeout: 30", "ready_timeout: 30", "with its unit"),
        arguments("ready_timeout: 0s", "ready_timeout: 0s", "above 0s"),
        arguments("command: []", "command: []", "an executable"),
        arguments("port: 8000\nport: 8001", "line 2", "Duplicate"),
        arguments("port: [", "line 1", "vllm.yaml"));
  }

  @ParameterizedTest
  @MethodSource("wrongFiles")
  void aWrongSettingNamesTheFileTheKeyTheValueAndWhatWasExpected(
      String text, String named, String expected) throws IOException {
    write(EngineKind.VLLM, text);

    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> read(EngineKind.VLLM, Map.of(), Origin.USER))
        .withMessageStartingWith(folder.resolve("vllm.yaml") + ": ")
        .withMessageContaining(named)
        .withMessageContaining(expected)
        .satisfies(wrong -> assertThat(wrong.getMessage()).doesNotContain("s3cret", "\n"));
  }

  static Stream<Arguments> settingsOfTheHostAlone() {
    return Stream.of("command", "binary_path", "env", "host", "allowed_models")
        .map(key -> arguments(key));
  }

  @ParameterizedTest
  @MethodSource("settingsOfTheHostAlone")
  void aPlanDecidesNeitherWhatIsExecutedNorWhoReachesIt(String key) throws IOException {
    write(EngineKind.LLAMACPP, "");
    for (Origin origin : Origin.values()) {
      assertThatExceptionOfType(PlanException.class)
          .isThrownBy(() -> read(EngineKind.LLAMACPP, Map.of(key, "/bin/evil"), origin))
          .withMessageStartingWith("settings." + key + ": ")
          .withMessageContaining("only " + folder.resolve("llamacpp.yaml"));
    }
  }

  @Test
  void aPlanFromTheNetworkGivesNoArgumentsOfItsOwn() throws IOException {
    write(EngineKind.VLLM, "extra_args: [--enforce-eager]");
    Map<String, Object> plan = Map.of("extra_args", List.of("--trust-remote-code"));

    assertThat(((Engine.External) read(EngineKind.VLLM, plan, Origin.USER)).argv("::1", OWN))
        .endsWith("--trust-remote-code")
        .doesNotContain("--enforce-eager");
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> read(EngineKind.VLLM, plan, Origin.NETWORK))
        .withMessageStartingWith("settings.extra_args: [--trust-remote-code] is not valid");
  }

  @Test
  void aPlanFromTheNetworkLoadsOnlyModelsThatTheFileAllows() throws IOException {
    write(EngineKind.VLLM, "model: org/own\nallowed_models: [org/second]");
    EngineFiles network = new EngineFiles(folder, Origin.NETWORK);

    for (String allowed : List.of("org/own", "org/second")) {
      assertThat(network.read(EngineKind.VLLM, Map.of(), Optional.of(allowed)).model())
          .isEqualTo(allowed);
    }
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> network.read(EngineKind.VLLM, Map.of(), Optional.of("evil/pickle")))
        .withMessageContaining("evil/pickle")
        .withMessageContaining("allowed_models");
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(
            () -> network.read(EngineKind.VLLM, Map.of("model", "/etc"), Optional.of("org/second")))
        .withMessageContaining("/etc");
    assertThat(
            new EngineFiles(folder, Origin.USER)
                .read(EngineKind.VLLM, Map.of("model", "any/model"), Optional.empty())
                .model())
        .isEqualTo("any/model");
  }

  @Test
  void anEngineWithoutAFileIsNotStartedExceptTheSimulatedOne() {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> read(EngineKind.SGLANG, Map.of(), Origin.USER))
        .withMessageContaining(folder.resolve("sglang.yaml").toString());
    assertThat(read(EngineKind.SIM, Map.of("model", "m"), Origin.NETWORK).model()).isEqualTo("m");
  }

  @Test
  void secretsInArgumentsAreNotShown() {
    Launch launch =
        new Launch(
            List.of("vllm", "--api-key", "s3cret", "--hf-token=s3cret", "--port", "1"),
            Map.of("K", "s3cret"));

    assertThat(launch.shown())
        .containsExactly("vllm", "--api-key", "(hidden)", "--hf-token=(hidden)", "--port", "1");
  }
}
