package io.streamgauge.agent.engine;

import io.streamgauge.agent.engine.kind.EngineOptions;
import io.streamgauge.agent.engine.process.Patience;
import io.streamgauge.agent.engine.process.PortCheck;
import io.streamgauge.agent.engine.process.ProcessStat;
import io.streamgauge.common.engine.EngineKind;
import io.streamgauge.common.message.AgentCommand.StartEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A host whose vLLM is a {@link FakeEngine}: its files, and what runs there. */
record FakeHost(Path folder, int port, String marker) {
  static final String RUN = "run";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(12_000));

  static FakeHost in(Path folder) {
    return new FakeHost(
        folder,
        freePort(),
        Long.toString(ThreadLocalRandom.current().nextLong(1_000_000_000, 9_999_999_999L)));
  }

  /** {@code behaviour} as the fake engine knows it, or none. */
  FakeHost withEngine(String behaviour) {
    return withEngine(behaviour, "60s", List.of());
  }

  /** The engine under other words first, such as a shell's. */
  FakeHost withEngine(String behaviour, String readyTimeout, List<String> before) {
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            FakeEngine.class.getName());
    String command =
        Stream.concat(before.stream(), java.stream())
            .map(word -> "  - '" + word.replace("'", "''") + "'\n")
            .collect(Collectors.joining());
    String text =
        """
        command:
        %smodel: org/fake
        port: %d
        ready_timeout: %s
        extra_args: [--marker, '%s', --fake, '%s']
        env: {FAKE_SECRET: s3cret}
        """
            .formatted(command, port, readyTimeout, marker, behaviour);
    try {
      Files.createDirectories(engines());
      Files.writeString(engines().resolve("vllm.yaml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Path engines() {
    return folder.resolve("engines");
  }

  Path notes() {
    return folder.resolve("notes");
  }

  EngineOptions options() {
    Duration wait = Duration.ofSeconds(3);
    EngineOptions local = EngineOptions.local(engines());
    return new EngineOptions(
        local.files(),
        local.address(),
        new EngineFolder(notes()),
        new EngineLimits(wait, wait, Duration.ofSeconds(20), wait),
        local.memory());
  }

  static StartEngine order() {
    return new StartEngine(RUN, EngineKind.VLLM, Map.of(), Optional.empty(), 42);
  }

  /** Processes of the engine that live, found by what only they carry. */
  List<Long> processes() {
    return ProcessStat.all().stream()
        .filter(ProcessStat::alive)
        .map(ProcessStat::pid)
        .filter(pid -> ofTheEngine(ProcessStat.command(pid)))
        .toList();
  }

  private boolean ofTheEngine(String command) {
    return List.of(command.split(" ")).contains(marker)
        && !command.startsWith("bash -c ")
        && !command.contains(FakeAgent.class.getName());
  }

  boolean portFree() {
    return PortCheck.free(port);
  }

  static void eventually(String claim, BooleanSupplier condition) {
    if (!Patience.until(PATIENCE, condition)) {
      throw new AssertionError("not within " + PATIENCE + ": " + claim);
    }
  }

  /**
   * One that is free and that nobody is given by chance: it is below those that the system gives to
   * connections and to whoever asks for any.
   */
  private static int freePort() {
    while (true) {
      int port = 20_000 + NEXT.getAndIncrement() % 12_000;
      if (PortCheck.free(port)) {
        return port;
      }
    }
  }
}
