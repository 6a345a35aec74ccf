package io.streamgauge.common.files;

import io.streamgauge.common.PlanException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/**
 * The user's own folder, of keys and of what is logged of commands: {@code STREAMGAUGE_CONFIG},
 * {@code XDG_CONFIG_HOME/streamgauge} or {@code ~/.config/streamgauge}.
 */
public final class UserFolder {
  public static Path path() {
    return path(System.getenv(), home());
  }

  /** Nothing can be made in that of a user of whom the host knows none and who names none. */
  public static String home() {
    String known = System.getProperty("user.home");
    return known.equals("?") ? "/nonexistent" : known;
  }

  public static Path path(Map<String, String> env, String home) {
    String own = env.getOrDefault("STREAMGAUGE_CONFIG", "");
    String config = env.getOrDefault("XDG_CONFIG_HOME", "");
    return !own.isEmpty()
        ? Path.of(own)
        : !config.isEmpty()
            ? Path.of(config, "streamgauge")
            : Path.of(home, ".config", "streamgauge");
  }

  /**
   * Makes the folder, for its owner alone, if it is not there.
   *
   * @throws PlanException if it cannot be made, or if others can write into it
   */
  public static void make(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder.toAbsolutePath().getParent());
        makeLast(folder);
      }
    } catch (IOException e) {
      throw new PlanException(
          "STREAMGAUGE_CONFIG",
          folder,
          "a folder that can be made (" + PrivateFile.reason(e) + ")");
    }
    requireOwn(folder);
  }

  public static void requireOwn(Path folder) {
    if (PrivateFile.othersCanWrite(folder)) {
      throw new PlanException(
          "STREAMGAUGE_CONFIG",
          folder,
          "a folder into which only its owner can write: chmod 700 " + folder);
    }
  }

  private static void makeLast(Path folder) throws IOException {
    Files.createDirectories(folder, attributes(folder, "rwx------"));
  }

  /** Modes where the file system has them. */
  public static FileAttribute<?>[] attributes(Path path, String mode) {
    Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(mode);
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  private UserFolder() {}
}
