package io.streamgauge.agent.engine.kind;

import io.streamgauge.agent.engine.HostSettings;
import io.streamgauge.common.engine.EngineKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** An engine that this host can start, with all its settings. */
public sealed interface Engine permits Engine.External, Simulated {
  /** A port that needs no rights of its own. */
  int FIRST_PORT = 1_024;

  int LAST_PORT = 65_535;

  EngineKind kind();

  /** The name under which it serves its model. */
  String model();

  /** Requests that it serves at once; empty where that is the engine's own choice. */
  Optional<Integer> maxRunning();

  /** One that runs as a process of its own. */
  sealed interface External extends Engine permits Vllm, Sglang, LlamaCpp {
    HostSettings host();

    /** What it loads: a name on a hub, a folder or a file. */
    String source();

    int port();

    /** The command that has it listen on {@code address}; {@code own} is a folder for it alone. */
    List<String> argv(String address, Path own);

    /** Where it tells its version, and under which name; never asked of the executable. */
    Version version();

    /** Why it cannot run here although its executable is there; looks at files. */
    default Optional<String> obstacle() {
      return Optional.empty();
    }
  }

  /** A page and the field of its JSON. */
  record Version(String path, String field) {}
}
