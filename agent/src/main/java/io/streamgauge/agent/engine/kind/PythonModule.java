package io.streamgauge.agent.engine.kind;

import io.streamgauge.agent.engine.EngineFailure;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Whether a Python has a module, without importing it. Blocks for some tenths of a second. */
final class PythonModule {
  private static final long SECONDS = 30;
  private static final String LOOK =
      "import importlib.util, sys; sys.exit(importlib.util.find_spec(sys.argv[1]) is None)";

  /** What is missing, in words. */
  static Optional<String> missing(String python, String module) {
    try {
      Process look =
          new ProcessBuilder(python, "-c", LOOK, module)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!look.waitFor(SECONDS, TimeUnit.SECONDS)) {
        look.destroyForcibly();
      }
      return look.waitFor() == 0
          ? Optional.empty()
          : Optional.of("%s has no module %s".formatted(python, module));
    } catch (IOException e) {
      return Optional.of("%s cannot be started: %s".formatted(python, e.getMessage()));
    } catch (InterruptedException e) {
      throw new EngineFailure("interrupted");
    }
  }

  private PythonModule() {}
}
