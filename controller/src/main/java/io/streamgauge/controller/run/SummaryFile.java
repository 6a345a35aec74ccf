package io.streamgauge.controller.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.streamgauge.controller.report.SummaryCsv;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The summary file of a directory of results, to which every run there appends. Serialised over
 * processes by a lock file, since several may share the directory; such a lock is no lock between
 * the threads of one process.
 */
public final class SummaryFile {
  public static final String NAME = "benchmark_summary.csv";
  private static final Lock LOCK = new ReentrantLock();

  /** Appends rows; a file of other columns is put aside first. */
  public static void append(Path directory, List<String> rows) throws IOException {
    if (rows.isEmpty()) {
      return;
    }
    LOCK.lock();
    try {
      appendAlone(directory, rows);
    } finally {
      LOCK.unlock();
    }
  }

  private static void appendAlone(Path directory, List<String> rows) throws IOException {
    Path lockFile = directory.resolve("." + NAME + ".lock");
    try (FileChannel channel = FileChannel.open(lockFile, CREATE, WRITE);
        FileLock _ = channel.lock()) {
      Path summary = directory.resolve(NAME);
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

  /** Writes a file whole or not at all. */
  static void replace(Path path, byte[] content) throws IOException {
    Path temporary = path.resolveSibling("." + path.getFileName() + ".tmp");
    try (FileChannel channel = FileChannel.open(temporary, WRITE, CREATE, TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(
        temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private SummaryFile() {}
}
