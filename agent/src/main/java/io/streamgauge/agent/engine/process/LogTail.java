package io.streamgauge.agent.engine.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.common.secret.KnownSecrets;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The last lines of an engine's log, bounded in number and length. */
public record LogTail(Path file, KnownSecrets secrets) {
  private static final int LINES = 40;
  private static final int LONGEST_LINE = 400;
  private static final int BYTES = 64 << 10;

  /**
   * At most 40 lines of at most 400 characters; a line that was written over counts as it ended.
   */
  public List<String> lines() {
    List<String> lines =
        Stream.of(end().split("[\\n\\r]+", -1))
            .map(line -> cut(secrets.mask(plain(line))))
            .filter(line -> !line.isBlank())
            .toList();
    return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
  }

  /** The last line; empty when there is none. */
  public String last() {
    List<String> lines = lines();
    return lines.isEmpty() ? "" : lines.getLast();
  }

  private String end() {
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      long start = Math.max(0, log.length() - BYTES);
      byte[] bytes = new byte[(int) (log.length() - start)];
      log.seek(start);
      log.readFully(bytes);
      return new String(bytes, UTF_8);
    } catch (IOException e) {
      return "(the log cannot be read: " + e + ")";
    }
  }

  /** Without colours and other control characters. */
  private static String plain(String line) {
    return line.replaceAll("\\x1b\\[[0-9;?]*[A-Za-z]", "")
        .replaceAll("\\p{Cntrl}+", " ")
        .stripTrailing();
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + "…";
  }
}
