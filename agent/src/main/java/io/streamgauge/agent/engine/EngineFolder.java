package io.streamgauge.agent.engine;

import io.streamgauge.agent.engine.process.Patience;
import io.streamgauge.agent.engine.process.ProcessStat;
import io.streamgauge.agent.engine.process.ProcessTree;
import io.streamgauge.common.files.WholeFile;
import io.streamgauge.common.node.CacheFolder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the agents of a user keep their engines' logs and notes, and where what one of them left
 * behind is found. Reads and writes files: blocks.
 */
public record EngineFolder(Path path) {
  private static final Logger log = LoggerFactory.getLogger(EngineFolder.class);
  private static final String NOTES = ".notes";
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** The user's own, for all agents. */
  public static EngineFolder ofUser() {
    return new EngineFolder(CacheFolder.path().resolve("engines"));
  }

  /** The files of one start of an engine. */
  public record Paper(Path notes, Path log) {
    /** A folder for the engine alone, as long as it runs. */
    public Path own() {
      return ownOf(notes);
    }

    /** Nothing of the engine is left; its log stays. */
    public void clear() throws IOException {
      Files.deleteIfExists(notes);
      delete(own());
    }
  }

  /** A name that is free, with an empty log and a folder that only their owner can read. */
  Paper open(String engine) {
    try {
      Files.createDirectories(path);
      Path logFile =
          Files.createTempFile(
              path,
              engine + "-",
              ".log",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      String name = logFile.getFileName().toString();
      Paper paper = new Paper(path.resolve(name.substring(0, name.length() - 4) + NOTES), logFile);
      Files.createDirectory(
          paper.own(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return paper;
    } catch (IOException e) {
      throw new EngineFailure("no log of the engine can be made in " + path + ": " + e);
    }
  }

  /** Beside the notes; the guard's script knows it by its name too. */
  private static Path ownOf(Path notes) {
    return notes.resolveSibling(notes.getFileName().toString().replaceFirst("\\.notes$", ".own"));
  }

  private static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /**
   * Ends what engines of agents that are gone have left running, and returns a line on each. Blocks
   * until nothing of them lives, for some seconds at most.
   */
  public List<String> clean() {
    List<String> ended = new ArrayList<>();
    if (Files.isDirectory(path)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "*" + NOTES)) {
        for (Path file : files) {
          clean(file).ifPresent(ended::add);
        }
      } catch (IOException e) {
        log.warn("{} cannot be looked through for engines that were left: {}", path, e.toString());
      }
    }
    return ended;
  }

  private static Optional<String> clean(Path file) {
    try {
      Optional<EngineNotes> notes = EngineNotes.read(file);
      if (notes.isPresent() && notes.get().agentLives()) {
        return Optional.empty();
      }
      Optional<String> told = notes.flatMap(found -> end(found, file));
      Files.deleteIfExists(file);
      WholeFile.deleteDrafts(file);
      delete(ownOf(file));
      return told;
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      log.warn("{} says nothing of an engine: {}", file, e.toString());
      return Optional.empty();
    }
  }

  private static Optional<String> end(EngineNotes notes, Path file) {
    ProcessTree tree = notes.tree();
    List<ProcessStat> left = tree.alive();
    if (left.isEmpty()) {
      return Optional.empty();
    }
    String found =
        "ended %d processes of %s, which an agent (pid %d) left behind"
            .formatted(left.size(), file.getFileName(), notes.agent().pid());
    tree.kill();
    Patience.until(PATIENCE, () -> tree.alive().isEmpty());
    return Optional.of(found);
  }
}
