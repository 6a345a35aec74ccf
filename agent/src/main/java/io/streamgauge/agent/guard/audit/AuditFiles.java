package io.streamgauge.agent.guard.audit;

import io.streamgauge.common.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The files of one audit log: {@code audit.jsonl} that is written, and behind it {@code
 * audit.jsonl.1} to {@code audit.jsonl.9}, the greatest number the oldest.
 */
record AuditFiles(Path current) {
  private static final int KEPT = 9;

  private Path old(int number) {
    return current.resolveSibling(current.getFileName() + "." + number);
  }

  /** Those that are there, the oldest first. */
  List<Path> all() {
    List<Path> found = new ArrayList<>();
    for (int number = KEPT; number >= 1; number--) {
      if (Files.exists(old(number))) {
        found.add(old(number));
      }
    }
    if (Files.exists(current)) {
      found.add(current);
    }
    return found;
  }

  /** Makes room for a new current file; the oldest of ten goes. */
  void rotate() throws IOException {
    for (int number = KEPT - 1; number >= 1; number--) {
      move(old(number), old(number + 1));
    }
    move(current, old(1));
  }

  private static void move(Path from, Path to) throws IOException {
    if (Files.exists(from)) {
      WholeFile.move(from, to);
    }
  }

  Path lock() {
    return current.resolveSibling(current.getFileName() + ".lock");
  }

  /** Splits at line ends; what follows the last one is the last element, empty if nothing does. */
  static List<byte[]> lines(byte[] text) {
    List<byte[]> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\n') {
        lines.add(Arrays.copyOfRange(text, start, i));
        start = i + 1;
      }
    }
    lines.add(Arrays.copyOfRange(text, start, text.length));
    return lines;
  }
}
