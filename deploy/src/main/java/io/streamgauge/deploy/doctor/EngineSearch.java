package io.streamgauge.deploy.doctor;

import io.streamgauge.agent.engine.EngineFiles;
import io.streamgauge.agent.engine.kind.Engine;
import io.streamgauge.agent.engine.kind.Installation;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.engine.EngineKind;
import io.streamgauge.deploy.doctor.HostFacts.FoundEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The engines that a run would start here, by the same files. No engine is started for it, since
 * loading one can take a minute: Python's are asked for by the metadata of their package.
 */
record EngineSearch(EngineFiles files) {
  private static final long PATIENCE_SECONDS = 5;
  private static final Pattern SHEBANG = Pattern.compile("#!\\s*(\\S+)");
  private static final Pattern LLAMA_VERSION = Pattern.compile("version:\\s*(.+)");
  private static final String METADATA =
      "import importlib.metadata as m, sys; print(m.version(sys.argv[1]))";

  List<FoundEngine> all() {
    return Stream.of(EngineKind.VLLM, EngineKind.SGLANG, EngineKind.LLAMACPP)
        .map(this::find)
        .toList();
  }

  private FoundEngine find(EngineKind kind) {
    try {
      return switch (files.read(kind, Map.of(), Optional.empty())) {
        case Engine.External engine -> find(engine);
        case Engine inProcess ->
            new FoundEngine(
                inProcess.kind().label(), Optional.empty(), Optional.empty(), Optional.empty());
      };
    } catch (PlanException e) { // its file is wrong, or missing
      return new FoundEngine(
          kind.label(), Optional.empty(), Optional.empty(), Optional.ofNullable(e.getMessage()));
    }
  }

  private static FoundEngine find(Engine.External engine) {
    Optional<Path> executable = Installation.executable(engine);
    return new FoundEngine(
        engine.kind().label(),
        executable.map(Path::toString),
        executable.flatMap(file -> version(engine.kind(), file)),
        Installation.missing(engine));
  }

  private static Optional<String> version(EngineKind kind, Path file) {
    return switch (kind) {
      case VLLM -> interpreter(file).flatMap(python -> version(python, "vllm"));
      case SGLANG ->
          version(file.toString(), "sglang")
              .or(() -> interpreter(file).flatMap(python -> version(python, "sglang")));
      case LLAMACPP ->
          output(file.toString(), "--version")
              .map(LLAMA_VERSION::matcher)
              .filter(Matcher::find)
              .map(found -> found.group(1));
      case SIM -> Optional.empty();
    };
  }

  /** The Python that a script is for has the packages that it needs; another one may not. */
  private static Optional<String> interpreter(Path script) {
    try (Stream<String> lines = Files.lines(script)) {
      return lines
          .findFirst()
          .map(SHEBANG::matcher)
          .filter(Matcher::find)
          .map(found -> found.group(1));
    } catch (IOException | UncheckedIOException _) {
      return Optional.empty(); // no script, or not to be read
    }
  }

  private static Optional<String> version(String python, String module) {
    return output(python, "-c", METADATA, module).map(String::strip).filter(v -> !v.isEmpty());
  }

  /** What a command prints, if it ends well and in time. */
  private static Optional<String> output(String... command) {
    try {
      Path file = Files.createTempFile("streamgauge-doctor", ".txt");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(file.toFile())
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          return Optional.empty();
        }
        return process.exitValue() == 0
            ? Optional.of(Files.readString(file, StandardCharsets.UTF_8))
            : Optional.empty();
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException _) {
      return Optional.empty(); // it cannot be started, or prints no text
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
