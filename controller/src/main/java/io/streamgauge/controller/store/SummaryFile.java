package io.streamgauge.controller.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.stream.Collectors.joining;

import io.streamgauge.controller.log.ResultFile;
import io.streamgauge.controller.report.Csv;
import io.streamgauge.controller.report.SummaryCsv;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The rows of all runs of a directory. Serialised over processes by a lock file, since several runs
 * may share the directory; such a lock is no lock between the threads of one process.
 */
public final class SummaryFile {
  public static final String NAME = "benchmark_summary.csv";
  private static final Lock OF_THIS_PROCESS = new ReentrantLock();

  /**
   * Puts the rows of a result in, in place of those that it had; a summary with other columns is
   * put aside under a name of its own.
   */
  static void put(Path directory, String result, List<String> rows) throws IOException {
    OF_THIS_PROCESS.lock();
    try {
      Path lockFile = directory.resolve("." + NAME + ".lock");
      try (FileChannel channel = ResultFile.open(lockFile, CREATE, WRITE);
          FileLock _ = channel.lock()) {
        putAlone(directory, result, rows);
      }
    } finally {
      OF_THIS_PROCESS.unlock();
    }
  }

  private static void putAlone(Path directory, String result, List<String> rows)
      throws IOException {
    Path summary = directory.resolve(NAME);
    String before = Files.exists(summary) ? Files.readString(summary) : "";
    String header = SummaryCsv.HEADER + "\n";
    if (!before.isEmpty() && !before.startsWith(header)) {
      Files.move(summary, free(directory));
      before = "";
    }
    String end = "," + Csv.cell(result);
    Stream<String> others = before.lines().skip(1).filter(row -> !row.endsWith(end));
    String all = Stream.concat(others, rows.stream()).map(row -> row + "\n").collect(joining());
    ResultFile.replace(summary, (header + all).getBytes(UTF_8));
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
