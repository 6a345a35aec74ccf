package io.streamgauge.controller.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.streamgauge.controller.log.ResultFile;
import io.streamgauge.controller.report.SummaryCsv;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The rows of all runs of a directory. Serialised over processes by a lock file, since several runs
 * may share the directory; such a lock is no lock between the threads of one process.
 */
public final class SummaryFile {
  public static final String NAME = "benchmark_summary.csv";
  private static final Lock OF_THIS_PROCESS = new ReentrantLock();

  /** Appends rows; a file with other columns is put aside under a name of its own. */
  public static void append(Path directory, List<String> rows) throws IOException {
    if (rows.isEmpty()) {
      return;
    }
    OF_THIS_PROCESS.lock();
    try {
      Path lockFile = directory.resolve("." + NAME + ".lock");
      try (FileChannel channel = ResultFile.open(lockFile, CREATE, WRITE);
          FileLock _ = channel.lock()) {
        appendAlone(directory, rows);
      }
    } finally {
      OF_THIS_PROCESS.unlock();
    }
  }

  private static void appendAlone(Path directory, List<String> rows) throws IOException {
    Path summary = directory.resolve(NAME);
    String before = Files.exists(summary) ? Files.readString(summary) : "";
    String header = SummaryCsv.HEADER + "\n";
    if (!before.isEmpty() && !before.startsWith(header)) {
      Files.move(summary, free(directory));
      before = "";
    }
    String whole = before.isEmpty() ? header : before.endsWith("\n") ? before : before + "\n";
    WholeFile.replace(summary, (whole + String.join("\n", rows) + "\n").getBytes(UTF_8));
  }

  private static Path free(Path directory) {
    Path path = directory.resolve("benchmark_summary_old.csv");
    for (int n = 2; Files.exists(path); n++) {
      path = directory.resolve("benchmark_summary_old_" + n + ".csv");
    }
    return path;
  }

  private SummaryFile() {}
}
