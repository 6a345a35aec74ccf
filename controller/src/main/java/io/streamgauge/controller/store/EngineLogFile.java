package io.streamgauge.controller.store;

import io.streamgauge.common.message.AgentEvent.EngineLog;
import io.streamgauge.controller.log.AppendFile;
import io.streamgauge.controller.log.ResultFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * The log of an engine among the results: grows hidden while its pieces come, and gets its name
 * when it is whole.
 */
public final class EngineLogFile {
  private final Path directory;
  private final String backend;
  private final LocalDateTime start = LocalDateTime.now(java.time.ZoneId.systemDefault());
  private final Path part;
  private long next;
  private Optional<AppendFile> file = Optional.empty();

  /** {@code runId} tells it apart from those of other runs until it has its name. */
  public EngineLogFile(Path directory, String runId, String backend) {
    this.directory = directory;
    this.backend = backend;
    this.part = directory.resolve(".%s_%s_engine.log.part".formatted(backend, runId));
  }

  /**
   * Appends a piece, unless it came before.
   *
   * @throws UncheckedIOException when it cannot be written
   */
  public void take(EngineLog piece) {
    if (piece.number() != next) {
      return;
    }
    if (file.isEmpty()) {
      file = Optional.of(open());
    }
    file.get().append(piece.piece().toArray());
    next++;
  }

  private AppendFile open() {
    try {
      Files.createDirectories(directory);
      return new AppendFile(
          part,
          ResultFile.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + part + ": " + e, e);
    }
  }

  /**
   * Names it after the result, or where there is none as one would be named; empty when no log
   * came.
   */
  public Optional<Path> finish(Optional<String> resultJson) {
    if (file.isEmpty()) {
      return Optional.empty();
    }
    String base =
        resultJson
            .map(json -> String.valueOf(Path.of(json).getFileName()).replaceFirst("\\.json$", ""))
            .orElseGet(() -> RunDirectory.name(backend, start));
    Path path = directory.resolve(base + "_engine.log");
    for (int n = 2; Files.exists(path); n++) {
      path = directory.resolve("%s_%d_engine.log".formatted(base, n));
    }
    try {
      try (AppendFile whole = file.get()) {
        whole.force();
      }
      WholeFile.move(part, path);
      return Optional.of(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path + ": " + e, e);
    }
  }
}
