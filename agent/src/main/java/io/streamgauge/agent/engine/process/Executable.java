package io.streamgauge.agent.engine.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the file that a command names, as a shell does. */
public final class Executable {
  /** Its absolute path; empty when there is none that this user may execute. */
  public static Optional<Path> find(String name, Map<String, String> env) {
    try {
      if (name.contains("/")) {
        return Optional.of(Path.of(name).toAbsolutePath().normalize()).filter(Executable::usable);
      }
      String path = env.getOrDefault("PATH", "");
      return Stream.of(path.split(File.pathSeparator, -1))
          .filter(folder -> !folder.isEmpty())
          .map(folder -> Path.of(folder).resolve(name).toAbsolutePath())
          .filter(Executable::usable)
          .findFirst();
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }

  private static boolean usable(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  private Executable() {}
}
