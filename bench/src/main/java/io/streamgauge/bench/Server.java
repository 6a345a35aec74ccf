package io.streamgauge.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server that answers on an exact schedule and logs what it did: how to start and ask it. */
sealed interface Server {
  /** The server that the environment names, else the tool's own simulated engine. */
  static Server of(@Nullable String referenceBinary, Path launcher) {
    return referenceBinary == null || referenceBinary.isEmpty()
        ? new Simulated(launcher)
        : new Reference(Path.of(referenceBinary));
  }

  String description();

  List<String> command(Case load, int port);

  /** Where its own paths begin. */
  String prefix();

  /** A reference server given by the user: a small native program with an exact schedule. */
  record Reference(Path binary) implements Server {
    @Override
    public String description() {
      return "the reference server (" + binary.getFileName() + ")";
    }

    @Override
    public List<String> command(Case load, int port) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  binary.toString(),
                  "--port",
                  String.valueOf(port),
                  "--ttft-ms",
                  String.valueOf(load.ttftMillis()),
                  "--itl-ms",
                  String.valueOf(load.itlMillis())));
      if (load.paced()) {
        command.add("--log-events");
      }
      return command;
    }

    @Override
    public String prefix() {
      return "/ref/";
    }
  }

  /** {@code streamgauge simulate} in a process of its own. */
  record Simulated(Path launcher) implements Server {
    @Override
    public String description() {
      return "the simulated engine (streamgauge simulate)";
    }

    @Override
    public List<String> command(Case load, int port) {
      return List.of(
          launcher.toString(),
          "simulate",
          "--port",
          String.valueOf(port),
          "--ttft",
          load.ttftMillis() + "ms",
          "--ttft-per-prompt-token",
          "0us",
          "--itl",
          load.itlMillis() + "ms",
          "--itl-spread",
          "0",
          "--slots",
          "0",
          "--no-role-chunk");
    }

    @Override
    public String prefix() {
      return "/simulation/";
    }
  }
}
