package io.streamgauge.deploy.cli;

import io.streamgauge.common.PlanException;
import io.streamgauge.controller.log.RunLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/** The run logs that a path names: one, those of a directory, or those that a glob matches. */
final class LogPaths {
  private static final String ANY = "*" + RunLog.SUFFIX;

  /**
   * In the order of their names.
   *
   * @throws PlanException when there is none
   */
  static List<Path> of(Path path) {
    List<Path> found = found(path);
    if (found.isEmpty() || !Files.isRegularFile(found.getFirst())) {
      throw new PlanException(
          "path", path, "a run log (%s) or a directory with some".formatted(ANY));
    }
    return found;
  }

  private static List<Path> found(Path path) {
    if (Files.isDirectory(path)) {
      return in(path, ANY).stream().filter(Files::isRegularFile).toList();
    }
    Path parent = Optional.ofNullable(path.getParent()).orElse(Path.of(""));
    if (Files.exists(path) || !Files.isDirectory(parent)) {
      return List.of(path);
    }
    return in(parent, String.valueOf(path.getFileName())).stream()
        .flatMap(match -> found(match).stream())
        .filter(file -> file.toString().endsWith(RunLog.SUFFIX))
        .toList();
  }

  private static List<Path> in(Path directory, String glob) {
    List<Path> matches = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, glob)) {
      files.forEach(matches::add);
    } catch (PatternSyntaxException _) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("path: cannot read " + directory + ": " + e, e);
    }
    return matches.stream().sorted().toList();
  }

  private LogPaths() {}
}
