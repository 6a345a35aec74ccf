package io.streamgauge.common.dataset;

import io.streamgauge.common.PlanException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The text of a dataset file: UTF-8, with or without a byte order mark, and not blank. */
final class DatasetText {
  static final String EXPECTED =
      "expected a JSON array of prompts, or a .jsonl file with a prompt a line";

  static String read(Path file) {
    if (Files.isDirectory(file)) {
      throw unusable(file, "a directory");
    }
    String text = decode(file, bytes(file));
    if (text.isBlank()) {
      throw unusable(file, "empty file");
    }
    return text;
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw unusable(file, "no such file");
    } catch (AccessDeniedException e) {
      throw unusable(file, "no permission to read it");
    } catch (IOException e) {
      throw unusable(file, "cannot be read (" + e.getMessage() + ")");
    }
  }

  private static String decode(Path file, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    if (StandardCharsets.UTF_8.newDecoder().decode(in, out, true).isError()) {
      int at = in.position();
      throw unusable(
          file, "line %d: not UTF-8 (byte 0x%02X)".formatted(line(bytes, at), bytes[at]));
    }
    String text = out.flip().toString();
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static int line(byte[] bytes, int end) {
    int line = 1;
    for (int at = 0; at < end; at++) {
      line += bytes[at] == '\n' ? 1 : 0;
    }
    return line;
  }

  private static PlanException unusable(Path file, String problem) {
    return new PlanException(file + ": " + problem + ", " + EXPECTED);
  }

  private DatasetText() {}
}
