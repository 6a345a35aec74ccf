package io.streamgauge.controller.store;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.streamgauge.controller.log.ResultFile;
import io.streamgauge.controller.log.RunLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * The place of a run that is on: its log, which grows under the name that it keeps, and a hidden
 * file beside it that is locked while the run's controller lives. That file reserves 2 MiB so that
 * a run on a full disk can still write its result. One that nobody has locked marks a run whose
 * controller is gone.
 */
public final class RunDirectory implements AutoCloseable {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT);
  private static final String OPEN = ".open";
  private static final int RESERVE_BYTES = 2 << 20;

  private final Path directory;
  private final String base;
  private final RunLog log;
  private final FileChannel reserve;

  private RunDirectory(Path directory, String base, RunLog log, FileChannel reserve) {
    this.directory = directory;
    this.base = base;
    this.log = log;
    this.reserve = reserve;
  }

  /** Takes a name in {@code directory} for a run that started at {@code start}, local time. */
  public static RunDirectory open(Path directory, String backend, LocalDateTime start) {
    try {
      Files.createDirectories(directory);
      String wanted = name(backend, start);
      for (int n = 1; ; n++) {
        String base = n == 1 ? wanted : wanted + "_" + n;
        try {
          RunLog log = RunLog.create(directory.resolve(base + RunLog.SUFFIX));
          // Only now, because a name may have been given up by a run that left other files.
          if (!ResultFiles.taken(directory, base)) {
            return begin(directory, base, log);
          }
          log.discard();
        } catch (FileAlreadyExistsException _) {
          // Another run of the same second has it: the next number.
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("output: cannot write to " + directory + ": " + reason(e), e);
    }
  }

  /** Where it cannot begin, nothing of it is left, neither a file nor an open one. */
  private static RunDirectory begin(Path directory, String base, RunLog log) throws IOException {
    Path path = hidden(directory, base);
    FileChannel reserve = null;
    try {
      reserve = ResultFile.open(path, CREATE, READ, WRITE);
      if (lock(reserve, false).isEmpty()) {
        throw new IOException("another process has locked " + path);
      }
      ByteBuffer bytes = ByteBuffer.allocate(RESERVE_BYTES);
      while (bytes.hasRemaining()) {
        reserve.write(bytes);
      }
      return new RunDirectory(directory, base, log, reserve);
    } catch (IOException e) {
      log.discard();
      if (reserve != null) {
        reserve.close();
        Files.deleteIfExists(path);
      }
      throw e;
    }
  }

  /** The runs in {@code directory} whose controllers are gone; they are this process's now. */
  public static List<RunDirectory> abandoned(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> fileName(file).startsWith(".") && fileName(file).endsWith(OPEN))
          .sorted()
          .flatMap(file -> takeUp(directory, file).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("output: cannot read " + directory + ": " + reason(e), e);
    }
  }

  private static Optional<RunDirectory> takeUp(Path directory, Path file) {
    String base = fileName(file).substring(1, fileName(file).length() - OPEN.length());
    Path log = directory.resolve(base + RunLog.SUFFIX);
    try {
      FileChannel reserve = FileChannel.open(file, READ, WRITE);
      boolean taken = false;
      try {
        if (lock(reserve, false).isEmpty()) {
          return Optional.empty();
        }
        if (!Files.exists(log)) { // ended while its log was discarded
          Files.delete(file);
          return Optional.empty();
        }
        RunDirectory run = new RunDirectory(directory, base, RunLog.takeUp(log), reserve);
        taken = true;
        return Optional.of(run);
      } finally {
        if (!taken) {
          reserve.close();
        }
      }
    } catch (IOException e) {
      LoggerFactory.getLogger(RunDirectory.class)
          .error("run {} cannot be taken up, and is left as it is: {}", log, reason(e));
      return Optional.empty();
    }
  }

  /** Whether a living process appends to the log. */
  public static boolean isOn(Path log) throws IOException {
    ResultFiles files =
        ResultFiles.of(log, Optional.ofNullable(log.getParent()).orElse(Path.of("")));
    Path file = hidden(files.directory(), files.base());
    if (!Files.exists(file)) {
      return false;
    }
    // Shared, because whoever may read the log need not be able to write beside it.
    try (FileChannel reserve = FileChannel.open(file, READ)) {
      return lock(reserve, true).isEmpty();
    }
  }

  /** The lock goes with the channel. */
  private static Optional<FileLock> lock(FileChannel channel, boolean shared) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock(0, Long.MAX_VALUE, shared));
    } catch (OverlappingFileLockException _) {
      return Optional.empty(); // a controller of this process has it
    }
  }

  /** What the files of a run are called, when nobody else has the name. */
  static String name(String backend, LocalDateTime start) {
    return backend + "_" + STAMP.format(start);
  }

  private static String fileName(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static Path hidden(Path directory, String base) {
    return directory.resolve("." + base + OPEN);
  }

  private static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "no permission for " + denied.getFile();
      case FileAlreadyExistsException file -> file.getFile() + " is a file, no directory";
      default -> e.toString();
    };
  }

  public RunLog log() {
    return log;
  }

  public ResultFiles files() {
    return new ResultFiles(directory, base);
  }

  /** Gives back the space that is kept for the end of the run. */
  public void release() {
    try {
      reserve.truncate(0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot give back the reserve of " + base + ": " + e, e);
    }
  }

  /** The run is over: its log is whole on the disk. */
  public void finish() {
    try {
      log.force();
      Files.deleteIfExists(hidden(directory, base));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot end the log " + log.path() + ": " + e, e);
    }
  }

  /** Leaves nothing of a run that never began. */
  public void discard() {
    try {
      log.discard();
      Files.deleteIfExists(hidden(directory, base));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + log.path() + ": " + e, e);
    }
  }

  /** A run that is not finished stays for another controller to take up. */
  @Override
  public void close() {
    try (log;
        reserve) {
      // Both are closed, whatever becomes of the first.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
