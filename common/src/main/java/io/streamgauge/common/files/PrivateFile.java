package io.streamgauge.common.files;

import io.streamgauge.common.PlanException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Files that hold a secret, or that decide whom to trust. */
public final class PrivateFile {
  private static final long LARGEST = 1 << 20;
  private static final Set<PosixFilePermission> WRITE_BY_OTHERS =
      EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
  private static final Set<PosixFilePermission> USE_BY_OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  /**
   * The bytes of a file that holds a secret.
   *
   * @param field what the file is given as, for the message
   * @throws PlanException if it is not there, cannot be read, is larger than 1 MiB, or if others
   *     than its owner can use it
   */
  public static byte[] read(String field, Path file) {
    byte[] bytes = readPublic(field, file);
    if (open(file, USE_BY_OTHERS)) {
      throw new PlanException(
          field, file, "a file that only its owner can read: chmod 600 " + file);
    }
    return bytes;
  }

  /**
   * The bytes of a file that others may read but not write.
   *
   * @throws PlanException if it is not there, cannot be read, is larger than 1 MiB, or if others
   *     than its owner can write it
   */
  public static byte[] readPublic(String field, Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new PlanException(field, file, Files.exists(file) ? "a file" : "a file that exists");
      }
      if (Files.size(file) > LARGEST) {
        throw new PlanException(field, file, "a file of at most 1 MiB");
      }
      byte[] bytes = Files.readAllBytes(file);
      if (open(file, WRITE_BY_OTHERS)) {
        throw new PlanException(
            field, file, "a file that only its owner can write: chmod go-w " + file);
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new PlanException(field, file, "a file that exists");
    } catch (IOException e) {
      throw new PlanException(field, file, "a file that can be read (" + reason(e) + ")");
    }
  }

  /**
   * Whether others can write into a folder and so replace what it holds. Nobody can where it is
   * mounted read-only, whatever its mode says: so are secrets in containers.
   */
  static boolean othersCanWrite(Path folder) {
    try {
      return open(folder, WRITE_BY_OTHERS) && !Files.getFileStore(folder).isReadOnly();
    } catch (IOException e) {
      throw new PlanException(
          "folder", folder, "a folder whose mount can be read (" + reason(e) + ")");
    }
  }

  /** A file of root may be read by a group, which is how secrets are mounted for other users. */
  private static boolean open(Path file, Set<PosixFilePermission> forbidden) {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return false; // a file system without modes
    }
    try {
      PosixFileAttributes attributes = view.readAttributes();
      Set<PosixFilePermission> found = EnumSet.noneOf(PosixFilePermission.class);
      found.addAll(attributes.permissions());
      found.retainAll(forbidden);
      if (attributes.owner().getName().equals("root")
          && !System.getProperty("user.name").equals("root")) {
        found.remove(PosixFilePermission.GROUP_READ);
      }
      return !found.isEmpty();
    } catch (IOException e) {
      throw new PlanException("file", file, "a file whose mode can be read (" + reason(e) + ")");
    }
  }

  public static String reason(IOException e) {
    return e instanceof FileSystemException system && system.getReason() != null
        ? system.getReason()
        : e.getClass().getSimpleName();
  }

  private PrivateFile() {}
}
