package io.streamgauge.controller.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.controller.log.AppendFile;
import io.streamgauge.controller.log.ResultFile;
import io.streamgauge.controller.report.RequestsCsv;
import io.streamgauge.controller.report.SummaryCsv;
import io.streamgauge.controller.result.RunResult;
import io.streamgauge.controller.run.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
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

/**
 * The files of one result. Records are appended to a hidden part file as they come; when the run is
 * over each file is written under a temporary name and moved, so that no half file is ever seen. A
 * reserve of disk space sees to it that a run which ends since the disk is full still leaves its
 * result.
 */
public final class RunDirectory implements AutoCloseable {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT);
  private static final String JOURNAL = ".journal";
  private static final int RESERVE_BYTES = 2 << 20;

  private final Path directory;
  private final String base;
  private final Journal journal;
  private final AppendFile requests;
  private final TextsFile texts;

  private RunDirectory(Path directory, String base, Journal journal, AppendFile requests) {
    this.directory = directory;
    this.base = base;
    this.journal = journal;
    this.requests = requests;
    this.texts = new TextsFile(directory, base);
  }

  /**
   * Reserves a name in {@code directory} for a run that started at {@code start}, local time;
   * {@code journaled} runs can be taken up by another controller.
   */
  public static RunDirectory open(
      Path directory, String backend, LocalDateTime start, boolean journaled) {
    try {
      Files.createDirectories(directory);
      String wanted = name(backend, start);
      for (int n = 1; ; n++) {
        String base = n == 1 ? wanted : wanted + "_" + n;
        Path part = part(directory, base);
        try {
          FileChannel channel = ResultFile.open(part, CREATE_NEW, WRITE);
          // Only now: a run that finishes gives up its part file for the final one in one step.
          if (taken(directory, base)) {
            channel.close();
            Files.delete(part);
            continue;
          }
          return begin(directory, base, journaled, new AppendFile(part, channel));
        } catch (FileAlreadyExistsException _) {
          // Another run of the same second has it: the next number.
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("output: cannot write to " + directory + ": " + reason(e), e);
    }
  }

  /** Where it cannot begin nothing of it is left, neither a file nor an open one. */
  static RunDirectory begin(Path directory, String base, boolean journaled, AppendFile requests)
      throws IOException {
    Journal journal = Journal.none();
    try {
      ResultFile.write(
          reserve(directory, base), new byte[RESERVE_BYTES], CREATE, WRITE, TRUNCATE_EXISTING);
      journal =
          journaled ? Journal.create(directory.resolve("." + base + JOURNAL)) : Journal.none();
      RunDirectory opened = new RunDirectory(directory, base, journal, requests);
      opened.header();
      return opened;
    } catch (IOException | UncheckedIOException e) {
      journal.discard();
      requests.close();
      Files.deleteIfExists(requests.path());
      Files.deleteIfExists(reserve(directory, base));
      throw e instanceof UncheckedIOException unchecked ? unchecked.getCause() : (IOException) e;
    }
  }

  /** The journals in {@code directory}, whether their controllers live or not. */
  public static List<Path> journals(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> name(file).endsWith(JOURNAL)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("output: cannot read " + directory + ": " + reason(e), e);
    }
  }

  /**
   * Takes up the run of a journal, to whose end the records have to be appended anew. Where it
   * cannot, the journal is closed and stays for another try.
   */
  public static RunDirectory takeUp(Path file, Journal journal) throws IOException {
    Path directory = Optional.ofNullable(file.getParent()).orElse(Path.of("."));
    String base = name(file).substring(1, name(file).length() - JOURNAL.length());
    Path part = part(directory, base);
    RunDirectory opened;
    try {
      opened =
          new RunDirectory(
              directory,
              base,
              journal,
              new AppendFile(part, ResultFile.open(part, CREATE, WRITE, TRUNCATE_EXISTING)));
    } catch (IOException e) {
      journal.close();
      throw e;
    }
    try {
      opened.texts.discard();
      opened.header();
      return opened;
    } catch (IOException | UncheckedIOException e) {
      opened.close();
      throw e;
    }
  }

  /** What the files of a run are called, when nobody else has the name. */
  static String name(String backend, LocalDateTime start) {
    return backend + "_" + STAMP.format(start);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static Path part(Path directory, String base) {
    return directory.resolve("." + base + "_requests.csv.part");
  }

  private static Path reserve(Path directory, String base) {
    return directory.resolve("." + base + ".reserve");
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

  private void header() {
    requests.append((RequestsCsv.HEADER + "\n").getBytes(UTF_8));
  }

  public Journal journal() {
    return journal;
  }

  /** Appends records; they are with the operating system when this returns. */
  public void append(List<RequestRecord> records) {
    texts.append(records);
    StringBuilder rows = new StringBuilder();
    records.forEach(row -> rows.append(RequestsCsv.row(row)).append('\n'));
    requests.append(rows.toString().getBytes(UTF_8));
  }

  /** Writes all files of the result and returns the path of the JSON. */
  public Path finish(RunResult result, byte[] json) {
    try {
      Files.deleteIfExists(reserve(directory, base));
      requests.force();
      requests.close();
      WholeFile.move(requests.path(), directory.resolve(base + "_requests.csv"));
      texts.finish();
      Path path = directory.resolve(base + ".json");
      WholeFile.replace(path, json);
      SummaryFile.append(directory, SummaryCsv.rows(result, base + ".json"));
      journal.discard();
      return path;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the result to " + directory + ": " + e, e);
    }
  }

  /** Leaves nothing of a run that never began. */
  public void discard() {
    try {
      close();
      Files.deleteIfExists(requests.path());
      Files.deleteIfExists(reserve(directory, base));
      texts.discard();
      journal.discard();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + requests.path() + ": " + e, e);
    }
  }

  /**
   * Leaves the part file and the journal where they are when the result was not finished: they hold
   * what was measured.
   */
  @Override
  public void close() {
    try (journal) {
      requests.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
