package io.streamgauge.agent.guard.audit;

import io.streamgauge.common.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is found when an audit log is read again.
 *
 * @param lines how many lines are good, up to the first broken one
 * @param torn how many of them were cut off and noted by the line after
 * @param broken the first line that does not belong where it is; empty if all do
 */
record AuditCheck(long lines, long torn, Optional<Broken> broken) {
  private static final int MOST_FILES = 10;

  /** A line, counted from 1 in its file, with what is wrong about it. */
  record Broken(Path file, int line, String reason) {}

  /** Of a log and the files set aside by it; {@code current} is the one that is written. */
  static AuditCheck of(Path current) throws IOException {
    return of(new AuditFiles(current).all());
  }

  /** Reads one line after the other; each has to name the one before, across files too. */
  private static AuditCheck of(List<Path> files) throws IOException {
    Walk walk = new Walk(files.size() < MOST_FILES);
    for (Path file : files) {
      List<byte[]> lines = AuditFiles.lines(Files.readAllBytes(file));
      for (int i = 0; i < lines.size(); i++) {
        boolean last = i == lines.size() - 1;
        if (last && lines.get(i).length == 0) {
          continue;
        }
        walk.inFile = i + 1;
        Optional<String> wrong = walk.step(lines.get(i), last);
        if (wrong.isPresent()) {
          return walk.result(Optional.of(new Broken(file, walk.inFile, wrong.get())));
        }
      }
    }
    return walk.result(walk.end(files));
  }

  private static final class Walk {
    private final boolean whole;
    private Optional<String> previous;
    private boolean unread;
    private int inFile;
    private long lines;
    private long torn;

    /** Of a log whose first line is still there, or one whose oldest file may have gone. */
    Walk(boolean whole) {
      this.whole = whole;
      this.previous = whole ? Optional.of(AuditLine.NOTHING) : Optional.empty();
    }

    /** Empty if it is no line of a log. */
    private static Optional<AuditLine> parse(byte[] line) {
      try {
        return Optional.ofNullable(Json.MAPPER.readValue(line, AuditLine.class));
      } catch (IOException e) {
        return Optional.empty();
      }
    }

    /** What is wrong about the next line. */
    Optional<String> step(byte[] line, boolean withoutEnd) {
      Optional<AuditLine> read = parse(line);
      boolean note = read.isPresent() && read.get().command().equals(AuditLine.TORN);
      if (unread && !note) {
        return Optional.of("the line before it cannot be read, and it does not note that");
      }
      if (withoutEnd) {
        return Optional.of("it was cut off");
      }
      if (read.isPresent()
          && previous.isPresent()
          && !read.get().previous().equals(previous.get())) {
        return Optional.of(
            whole && lines == 0
                ? "the lines before it are missing"
                : "the line before it was changed or removed, or one was put in");
      }
      torn += note ? 1 : 0;
      unread = read.isEmpty();
      previous = Optional.of(AuditLine.hash(line));
      lines++;
      return Optional.empty();
    }

    /** A last line that cannot be read is noted by nobody. */
    Optional<Broken> end(List<Path> files) {
      return unread
          ? Optional.of(new Broken(files.getLast(), inFile, "it cannot be read"))
          : Optional.empty();
    }

    AuditCheck result(Optional<Broken> broken) {
      return new AuditCheck(lines, torn, broken);
    }
  }
}
