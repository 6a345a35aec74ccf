package io.streamgauge.agent.engine.kind;

import io.streamgauge.agent.engine.HostSettings;
import io.streamgauge.common.engine.EngineKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * SGLang, as {@code python3 -m sglang.launch_server}.
 *
 * @param source the model's name on a hub or its folder
 */
public record Sglang(
    HostSettings host,
    String source,
    String model,
    int port,
    int tpSize,
    double memFractionStatic,
    Optional<String> dtype,
    Optional<Integer> contextLength,
    Optional<Integer> maxRunning)
    implements Engine.External {
  public static Sglang read(Settings settings) {
    String source = settings.text("model_path", "meta-llama/Meta-Llama-3-8B-Instruct");
    return new Sglang(
        HostSettings.read(settings),
        source,
        settings.text("served_model_name", source),
        settings.number("port", 30_000, FIRST_PORT, LAST_PORT),
        settings.number("tp_size", 1, 1, 1_024),
        settings.share("mem_fraction_static", 0.85),
        settings.text("dtype"),
        settings.number("context_length", 1, 100_000_000),
        settings.number("max_running_requests", 1, 1_000_000));
  }

  @Override
  public EngineKind kind() {
    return EngineKind.SGLANG;
  }

  @Override
  public List<String> argv(String address, Path own) {
    List<String> argv = new ArrayList<>(host.launcher("python3", "-m", "sglang.launch_server"));
    argv.addAll(
        List.of(
            "--model-path",
            source,
            "--served-model-name",
            model,
            "--host",
            address,
            "--port",
            Integer.toString(port),
            "--tp-size",
            Integer.toString(tpSize),
            "--mem-fraction-static",
            Double.toString(memFractionStatic),
            // its counters are read while it is measured
            "--enable-metrics"));
    dtype.ifPresent(name -> argv.addAll(List.of("--dtype", name)));
    contextLength.ifPresent(n -> argv.addAll(List.of("--context-length", Integer.toString(n))));
    maxRunning.ifPresent(n -> argv.addAll(List.of("--max-running-requests", Integer.toString(n))));
    argv.addAll(host.extraArgs());
    return argv;
  }

  @Override
  public Version version() {
    return new Version("/server_info", "version");
  }

  /** A Python without SGLang is no SGLang; looking for the module does not import it. */
  @Override
  public Optional<String> obstacle() {
    return host.command().size() > 1
        ? Optional.empty()
        : PythonModule.missing(host.launcher("python3").getFirst(), "sglang");
  }
}
