package io.streamgauge.controller.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.controller.report.RequestsCsv;
import io.streamgauge.controller.report.SummaryCsv;
import io.streamgauge.controller.result.RunResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The files of one result. Records are appended to a hidden part file as they come; when the run is
 * over each file is written under a temporary name and moved, so that no half file is ever seen.
 */
public final class RunDirectory implements AutoCloseable {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT);
  private static final String SUMMARY = "benchmark_summary.csv";
  private static final Lock SUMMARY_LOCK = new ReentrantLock();

  private final Path directory;
  private final String base;
  private final Path part;
  private final FileChannel requests;
  private final TextsFile texts;

  private RunDirectory(Path directory, String base, Path part, FileChannel requests) {
    this.directory = directory;
    this.base = base;
    this.part = part;
    this.requests = requests;
    this.texts = new TextsFile(directory, base);
  }

  /** Reserves a name in {@code directory} for a run that started at {@code start}, local time. */
  public static RunDirectory open(Path directory, String backend, LocalDateTime start) {
    try {
      Files.createDirectories(directory);
      String wanted = backend + "_" + STAMP.format(start);
      for (int n = 1; ; n++) {
        String base = n == 1 ? wanted : wanted + "_" + n;
        Path part = directory.resolve("." + base + "_requests.csv.part");
        try {
          FileChannel channel = FileChannel.open(part, CREATE_NEW, WRITE);
          // Only now: a run that finishes gives up its part file for the final one in one step.
          if (taken(directory, base)) {
            channel.close();
            Files.delete(part);
            continue;
          }
          RunDirectory opened = new RunDirectory(directory, base, part, channel);
          opened.write(RequestsCsv.HEADER + "\n");
          return opened;
        } catch (FileAlreadyExistsException _) {
          // Another run of the same second has it: the next number.
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("output: cannot write to " + directory + ": " + reason(e), e);
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "no permission for " + denied.getFile();
      case FileAlreadyExistsException file -> file.getFile() + " is a file, no directory";
      default -> e.toString();
    };
  }

  private static boolean taken(Path directory, String base) {
    return Files.exists(directory.resolve(base + ".json"))
        || Files.exists(directory.resolve(base + "_requests.csv"));
  }

  /** Appends records; they are with the operating system when this returns. */
  public void append(List<RequestRecord> records) {
    StringBuilder rows = new StringBuilder();
    records.forEach(row -> rows.append(RequestsCsv.row(row)).append('\n'));
    write(rows.toString());
    texts.append(records);
  }

  private void write(String text) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        requests.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + part + ": " + e, e);
    }
  }

  /** Writes all files of the result and returns the path of the JSON. */
  public Path finish(RunResult result, byte[] json) {
    try {
      requests.force(true);
      requests.close();
      move(part, directory.resolve(base + "_requests.csv"));
      texts.finish();
      Path path = directory.resolve(base + ".json");
      replace(path, json);
      appendSummary(result);
      return path;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the result to " + directory + ": " + e, e);
    }
  }

  /**
   * Serialised over processes by a lock file, since several runs may share the directory; such a
   * lock is no lock between the threads of one process.
   */
  private void appendSummary(RunResult result) throws IOException {
    List<String> rows = SummaryCsv.rows(result, base + ".json");
    if (rows.isEmpty()) {
      return;
    }
    SUMMARY_LOCK.lock();
    try {
      appendSummary(rows);
    } finally {
      SUMMARY_LOCK.unlock();
    }
  }

  private void appendSummary(List<String> rows) throws IOException {
    Path lockFile = directory.resolve("." + SUMMARY + ".lock");
    try (FileChannel channel = FileChannel.open(lockFile, CREATE, WRITE);
        FileLock _ = channel.lock()) {
      Path summary = directory.resolve(SUMMARY);
      String before = Files.exists(summary) ? Files.readString(summary) : "";
      String header = SummaryCsv.HEADER + "\n";
      if (!before.isEmpty() && !before.startsWith(header)) {
        Files.move(summary, free(directory, "benchmark_summary_old"));
        before = "";
      }
      String whole = before.isEmpty() ? header : before.endsWith("\n") ? before : before + "\n";
      replace(summary, (whole + String.join("\n", rows) + "\n").getBytes(UTF_8));
    }
  }

  private static Path free(Path directory, String name) {
    Path path = directory.resolve(name + ".csv");
    for (int n = 2; Files.exists(path); n++) {
      path = directory.resolve(name + "_" + n + ".csv");
    }
    return path;
  }

  private static void replace(Path path, byte[] content) throws IOException {
    Path temporary = path.resolveSibling("." + path.getFileName() + ".tmp");
    try (FileChannel channel = FileChannel.open(temporary, WRITE, CREATE, TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    move(temporary, path);
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Leaves nothing of a run that never began. */
  public void discard() {
    try {
      requests.close();
      Files.deleteIfExists(part);
      texts.discard();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + part + ": " + e, e);
    }
  }

  /**
   * Leaves the part file where it is when the result was not finished: it holds what was measured.
   */
  @Override
  public void close() {
    try {
      requests.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
