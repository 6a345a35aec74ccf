package io.streamgauge.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A folder of engine files whose engines are stand-ins, and which of them run. */
record StandIns(Path folder, String marker) {
  static StandIns in(Path parent) {
    try {
      return new StandIns(
          Files.createDirectories(parent.resolve("engines")), UUID.randomUUID().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A vLLM that works. */
  StandIns vllm(String... more) {
    return write("vllm", "model: org/stand-in\nport: %d\n".formatted(Ports.forProgram()), more);
  }

  /** A llama.cpp, whose model file is there. */
  StandIns llamacpp(String... more) {
    return write(
        "llamacpp",
        "model_path: %s\nport: %d\n".formatted(folder.resolve("llamacpp.yaml"), Ports.forProgram()),
        more);
  }

  /** Where an engine that works is to listen. */
  int port(String engine) {
    try (Stream<String> lines = Files.lines(folder.resolve(engine + ".yaml"))) {
      return lines
          .filter(line -> line.startsWith("port: "))
          .map(line -> Integer.parseInt(line.substring("port: ".length())))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An engine whose executable is not there. */
  StandIns missing(String engine) {
    return file(engine, "command: no-such-%s\n".formatted(engine));
  }

  private StandIns write(String engine, String settings, String... more) {
    String command =
        Stream.concat(
                TestJvm.command("-Xmx128m").stream(),
                Stream.of(StandInEngine.class.getName(), marker))
            .map(word -> "  - '%s'\n".formatted(word))
            .collect(Collectors.joining());
    return file(
        engine,
        "command:\n%s%sextra_args: %s\nenv: {TOKEN: s3cret}\n"
            .formatted(command, settings, Arrays.toString(more)));
  }

  private StandIns file(String engine, String text) {
    try {
      Files.writeString(folder.resolve(engine + ".yaml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Engines that run; a shell that guards one is none. */
  List<ProcessHandle> running() {
    return ProcessHandle.allProcesses()
        .filter(process -> words(process).contains(marker))
        .filter(process -> words(process).getFirst().endsWith("java"))
        .toList();
  }

  /** Of the whole command line: {@link ProcessHandle.Info} has none of a long one. */
  private static List<String> words(ProcessHandle process) {
    try {
      return List.of(
          Files.readString(Path.of("/proc/%d/cmdline".formatted(process.pid()))).split("\0", -1));
    } catch (IOException _) {
      return List.of(); // it has ended
    }
  }
}
