package io.streamgauge.agent.engine.kind;

import io.streamgauge.agent.engine.process.Executable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What of an engine is on this host. Looks at files and may start a Python: blocks. */
public final class Installation {
  /** Why the engine cannot be started here; empty when nothing is missing. */
  public static Optional<String> missing(Engine engine) {
    return switch (engine) {
      case Simulated _ -> Optional.empty();
      case Engine.External external -> {
        Launch launch = launch(external, "", Path.of(""));
        String name = launch.argv().getFirst();
        yield !Files.isDirectory(Path.of("/proc/self"))
            ? Optional.of("engines are started on Linux only")
            : executable(launch).isEmpty()
                ? Optional.of("the executable %s is not found".formatted(name))
                : external.obstacle();
      }
    };
  }

  /** The file that is executed to start the engine. */
  public static Optional<Path> executable(Engine.External engine) {
    return executable(launch(engine, "", Path.of("")));
  }

  public static Launch launch(Engine.External engine, String address, Path own) {
    return new Launch(engine.argv(address, own), engine.host().env());
  }

  public static Optional<Path> executable(Launch launch) {
    Map<String, String> env = new HashMap<>(System.getenv());
    env.putAll(launch.env());
    return Executable.find(launch.argv().getFirst(), env);
  }

  private Installation() {}
}
