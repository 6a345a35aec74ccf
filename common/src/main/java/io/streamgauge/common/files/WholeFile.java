package io.streamgauge.common.files;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Files that are there as a whole or not at all. */
public final class WholeFile {
  /** Writes a draft to the disk and gives it the file's name; leaves no draft behind. */
  public static void replace(Path file, byte[] content, FileAttribute<?>... attributes)
      throws IOException {
    Path draft = draft(file, content, attributes);
    try {
      move(draft, file);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** Writes a file of another name beside the one that it is to become, and forces it to disk. */
  public static Path draft(Path file, byte[] content, FileAttribute<?>... attributes)
      throws IOException {
    String once = UUID.randomUUID().toString().substring(0, 8);
    Path draft = file.resolveSibling(".%s.%s.tmp".formatted(file.getFileName(), once));
    try (FileChannel out = FileChannel.open(draft, Set.of(CREATE_NEW, WRITE), attributes)) {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        out.write(left);
      }
      out.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(draft);
      throw e;
    }
    return draft;
  }

  /** Those that are left of a writer that was killed; of a file that nobody writes any more. */
  public static void deleteDrafts(Path file) throws IOException {
    String start = ".%s.".formatted(file.getFileName());
    try (DirectoryStream<Path> drafts =
        Files.newDirectoryStream(
            Objects.requireNonNull(file.toAbsolutePath().getParent()),
            one ->
                one.getFileName().toString().startsWith(start)
                    && one.getFileName().toString().endsWith(".tmp"))) {
      for (Path draft : drafts) {
        Files.deleteIfExists(draft);
      }
    }
  }

  /** In one step: nobody finds neither. */
  public static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private WholeFile() {}
}
