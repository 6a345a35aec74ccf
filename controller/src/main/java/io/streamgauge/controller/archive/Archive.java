package io.streamgauge.controller.archive;

import io.streamgauge.controller.store.ResultFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The latest results of a folder, found by looking into it, so that those of an earlier life of the
 * controller are there, too. Only what was found can be asked for. Blocks; for any thread.
 */
public final class Archive {
  /** Older files than the latest so many are not looked at. */
  private static final int MOST = 200;

  private static final String RESULT = ".json";

  private final Path directory;
  private Map<String, Known> known = Map.of();

  /** A file as it was when it was read; empty where it is no result. */
  private record Known(Instant changed, long size, Optional<ResultHead> head) {}

  private record Found(String name, Instant changed, long size) {
    static Stream<Found> at(Path file) {
      try {
        BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
        String name = String.valueOf(file.getFileName());
        return facts.isRegularFile()
            ? Stream.of(
                new Found(
                    name.substring(0, name.length() - RESULT.length()),
                    facts.lastModifiedTime().toInstant(),
                    facts.size()))
            : Stream.of();
      } catch (IOException _) {
        return Stream.of(); // deleted meanwhile
      }
    }
  }

  /** {@code directory} may come to be later. */
  public Archive(Path directory) {
    this.directory = directory;
  }

  /** Those that there are, the last one first. */
  public synchronized List<StoredResult> results() {
    look();
    return known.entrySet().stream()
        .flatMap(
            entry -> entry.getValue().head().map(head -> stored(entry.getKey(), head)).stream())
        .sorted(
            Comparator.comparing(StoredResult::startedAt)
                .thenComparing(StoredResult::name)
                .reversed())
        .toList();
  }

  /** The files of a result by its name. */
  public synchronized Optional<ResultFiles> files(String name) {
    if (!holds(name)) {
      look();
    }
    return holds(name) ? Optional.of(new ResultFiles(directory, name)) : Optional.empty();
  }

  private boolean holds(String name) {
    return Optional.ofNullable(known.get(name)).flatMap(Known::head).isPresent();
  }

  private StoredResult stored(String name, ResultHead head) {
    ResultFiles files = new ResultFiles(directory, name);
    return StoredResult.of(name, head, Files.exists(files.page()), Files.exists(files.log()));
  }

  private void look() {
    Map<String, Known> now = new HashMap<>();
    for (Found file : latest()) {
      Known before = known.get(file.name());
      now.put(
          file.name(),
          before != null && before.changed().equals(file.changed()) && before.size() == file.size()
              ? before
              : new Known(
                  file.changed(),
                  file.size(),
                  ResultHead.read(new ResultFiles(directory, file.name()).json())));
    }
    known = now;
  }

  private List<Found> latest() {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> shown(Objects.toString(file.getFileName(), "")))
          .flatMap(Found::at)
          .sorted(Comparator.comparing(Found::changed).reversed())
          .limit(MOST)
          .toList();
    } catch (NoSuchFileException | NotDirectoryException _) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("output: cannot read " + directory + ": " + e, e);
    }
  }

  private static boolean shown(String name) {
    return name.endsWith(RESULT) && !name.startsWith(".");
  }
}
