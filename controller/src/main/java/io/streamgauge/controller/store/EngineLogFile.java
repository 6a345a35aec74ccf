package io.streamgauge.controller.store;

import io.streamgauge.common.files.WholeFile;
import io.streamgauge.common.message.AgentEvent.EngineLog;
import io.streamgauge.controller.log.AppendFile;
import io.streamgauge.controller.log.ResultFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The log of an engine among the results: hidden while its pieces come. */
public final class EngineLogFile {
  private final ResultFiles files;
  private final Path part;
  private long next;
  private Optional<AppendFile> file = Optional.empty();

  public EngineLogFile(ResultFiles files) {
    this.files = files;
    this.part = files.directory().resolve("." + files.base() + "_engine.log.part");
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

  /** Shows it; empty when no log came. */
  public Optional<Path> finish() {
    if (file.isEmpty()) {
      return Optional.empty();
    }
    Path path = files.directory().resolve(files.base() + "_engine.log");
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
