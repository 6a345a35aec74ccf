package io.streamgauge.controller.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.controller.report.RequestsCsv;
import io.streamgauge.controller.report.SummaryCsv;
import io.streamgauge.controller.result.RunResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * The files of one result. Records are appended to a hidden part file as they come; when the run is
 * over each file is written under a temporary name and moved, so that no half file is ever seen.
 */
public final class RunDirectory implements AutoCloseable {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT);

  private final Path directory;
  private final String base;
  private final Path part;
  private final FileChannel requests;

  private RunDirectory(Path directory, String base, Path part, FileChannel requests) {
    this.directory = directory;
    this.base = base;
    this.part = part;
    this.requests = requests;
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
      Path path = directory.resolve(base + ".json");
      SummaryFile.replace(path, json);
      SummaryFile.append(directory, SummaryCsv.rows(result, base + ".json"));
      return path;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the result to " + directory + ": " + e, e);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Leaves nothing of a run that never began. */
  public void discard() {
    try {
      requests.close();
      Files.deleteIfExists(part);
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
