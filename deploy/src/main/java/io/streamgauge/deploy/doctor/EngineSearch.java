package io.streamgauge.deploy.doctor;

import io.streamgauge.deploy.doctor.HostFacts.FoundEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The engines that can be started from this user's {@code PATH}. No engine is started for it, since
 * loading one can take a minute: Python's are asked for by the metadata of their package.
 */
record EngineSearch(String path) {
  private static final long PATIENCE_SECONDS = 5;
  private static final Pattern SHEBANG = Pattern.compile("#!\\s*(\\S+)");
  private static final Pattern LLAMA_VERSION = Pattern.compile("version:\\s*(.+)");
  private static final String METADATA =
      "import importlib.metadata as m, sys; print(m.version(sys.argv[1]))";

  List<FoundEngine> all() {
    return List.of(vllm(), sglang(), llama());
  }

  private FoundEngine vllm() {
    Optional<Path> script = executable("vllm");
    return new FoundEngine(
        "vllm",
        script.map(Path::toString),
        script.flatMap(EngineSearch::interpreter).flatMap(python -> version(python, "vllm")));
  }

  /** It has no executable of its own: {@code python -m sglang.launch_server} starts it. */
  private FoundEngine sglang() {
    for (String name : new String[] {"python3", "python"}) {
      Optional<String> python = executable(name).map(Path::toString);
      Optional<String> version = python.flatMap(found -> version(found, "sglang"));
      if (version.isPresent()) {
        return new FoundEngine("sglang", python.map(found -> found + " -m sglang"), version);
      }
    }
    return new FoundEngine("sglang", Optional.empty(), Optional.empty());
  }

  private FoundEngine llama() {
    Optional<String> server = executable("llama-server").map(Path::toString);
    return new FoundEngine(
        "llamacpp",
        server,
        server
            .flatMap(found -> output(found, "--version"))
            .map(LLAMA_VERSION::matcher)
            .filter(Matcher::find)
            .map(found -> found.group(1)));
  }

  private Optional<Path> executable(String name) {
    return Arrays.stream(path.split(System.getProperty("path.separator")))
        .filter(folder -> !folder.isEmpty())
        .flatMap(folder -> file(folder, name))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  private static Stream<Path> file(String folder, String name) {
    try {
      return Stream.of(Path.of(folder, name));
    } catch (InvalidPathException _) {
      return Stream.empty();
    }
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
