package io.streamgauge.agent.engine.kind;

import io.streamgauge.agent.engine.HostSettings;
import io.streamgauge.common.engine.EngineKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * llama.cpp, as {@code llama-server}.
 *
 * @param modelPath the GGUF file
 * @param ctxSize tokens of context over all slots together
 */
public record LlamaCpp(
    HostSettings host,
    String binaryPath,
    String modelPath,
    String model,
    int port,
    int ctxSize,
    int nGpuLayers,
    int nParallel)
    implements Engine.External {
  /**
   * Prompts that it keeps in the host's memory besides those of its slots: no call empties that, so
   * levels would find the prompts of those before. A variable, because older ones refuse an
   * argument that they do not know.
   */
  private static final String PROMPTS_IN_MEMORY = "LLAMA_ARG_CACHE_RAM";

  public static LlamaCpp read(Settings settings) {
    String modelPath = settings.text("model_path", "./model.gguf");
    return new LlamaCpp(
        HostSettings.read(settings).unlessSaid(PROMPTS_IN_MEMORY, "0"),
        settings.text("binary_path", "./llama-server"),
        modelPath,
        settings.text("served_model_name", nameOf(modelPath)),
        settings.number("port", 8_080, FIRST_PORT, LAST_PORT),
        settings.number("ctx_size", 8_192, 1, 100_000_000),
        settings.number("n_gpu_layers", 999, 0, 100_000),
        settings.number("n_parallel", 32, 1, 100_000));
  }

  private static String nameOf(String file) {
    return String.valueOf(Path.of(file).getFileName()).replaceFirst("\\.gguf$", "");
  }

  @Override
  public EngineKind kind() {
    return EngineKind.LLAMACPP;
  }

  @Override
  public String source() {
    return modelPath;
  }

  @Override
  public Optional<Integer> maxRunning() {
    return Optional.of(nParallel);
  }

  @Override
  public List<String> argv(String address, Path own) {
    List<String> argv = new ArrayList<>(host.launcher(binaryPath));
    argv.addAll(
        List.of(
            "--model",
            modelPath,
            "--alias",
            model,
            "--host",
            address,
            "--port",
            Integer.toString(port),
            "--ctx-size",
            Integer.toString(ctxSize),
            "--n-gpu-layers",
            Integer.toString(nGpuLayers),
            "--parallel",
            Integer.toString(nParallel),
            "--metrics",
            // no slot is erased, which empties its cache, where none could be saved
            "--slot-save-path",
            own.toString()));
    argv.addAll(host.extraArgs());
    return argv;
  }

  @Override
  public Version version() {
    return new Version("/props", "build_info");
  }

  @Override
  public Optional<String> obstacle() {
    return Files.isReadable(Path.of(modelPath))
        ? Optional.empty()
        : Optional.of("model_path: %s is no file that can be read".formatted(modelPath));
  }
}
