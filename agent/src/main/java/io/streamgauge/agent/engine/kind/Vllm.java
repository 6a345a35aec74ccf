package io.streamgauge.agent.engine.kind;

import io.streamgauge.agent.engine.HostSettings;
import io.streamgauge.common.engine.EngineKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * vLLM, as {@code vllm serve}.
 *
 * @param source the model's name on a hub or its folder
 */
public record Vllm(
    HostSettings host,
    String source,
    String model,
    int port,
    int tensorParallelSize,
    double gpuMemoryUtilization,
    String dtype,
    int maxModelLen,
    Optional<Integer> maxRunning)
    implements Engine.External {
  public static Vllm read(Settings settings) {
    String source = settings.text("model", "meta-llama/Meta-Llama-3-8B-Instruct");
    return new Vllm(
        HostSettings.read(settings),
        source,
        settings.text("served_model_name", source),
        settings.number("port", 8_000, FIRST_PORT, LAST_PORT),
        settings.number("tensor_parallel_size", 1, 1, 1_024),
        settings.share("gpu_memory_utilization", 0.90),
        settings.oneOf(
            "dtype", "float16", "auto", "half", "float16", "bfloat16", "float", "float32"),
        settings.number("max_model_len", 4_096, 1, 100_000_000),
        settings.number("max_num_seqs", 1, 1_000_000));
  }

  @Override
  public EngineKind kind() {
    return EngineKind.VLLM;
  }

  @Override
  public List<String> argv(String address, Path own) {
    List<String> argv = new ArrayList<>(host.launcher("vllm", "serve"));
    argv.addAll(
        List.of(
            source,
            "--served-model-name",
            model,
            "--host",
            address,
            "--port",
            Integer.toString(port),
            "--tensor-parallel-size",
            Integer.toString(tensorParallelSize),
            "--gpu-memory-utilization",
            Double.toString(gpuMemoryUtilization),
            "--dtype",
            dtype,
            "--max-model-len",
            Integer.toString(maxModelLen)));
    maxRunning.ifPresent(n -> argv.addAll(List.of("--max-num-seqs", Integer.toString(n))));
    argv.addAll(host.extraArgs());
    return argv;
  }

  @Override
  public Version version() {
    return new Version("/version", "version");
  }
}
