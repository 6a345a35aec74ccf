package io.streamgauge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The last lines of a process's output, for a message. */
final class Tail {
  private static final int LINES = 5;

  static String of(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    return String.join(" / ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
  }

  private Tail() {}
}
