package io.streamgauge.controller.workload.tokenizer;

import io.streamgauge.common.PlanException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where a tokenizer lies: a {@code tokenizer.json}, or the folder of a model that has one. */
public final class TokenizerFile {
  private static final String FIELD = "dataset.tokenizer";
  private static final String NAME = "tokenizer.json";
  private static final long LONGEST = 256L << 20;

  /**
   * The file that {@code text} names.
   *
   * @throws PlanException when there is none that can be read
   */
  public static Path locate(String text) {
    try {
      Path named = Path.of(text);
      Path file = Files.isDirectory(named) ? named.resolve(NAME) : named;
      if (Files.isRegularFile(file) && Files.isReadable(file) && Files.size(file) <= LONGEST) {
        return file;
      }
    } catch (InvalidPathException | IOException _) {
      // Told below, as every other file that is none.
    }
    throw new PlanException(
        FIELD, text, "a %s, or a folder with one, of at most 256 MiB".formatted(NAME));
  }

  /**
   * Reads it.
   *
   * @throws PlanException when it is no tokenizer, or this host has no native code for one
   */
  public static Tokenizer open(String text) {
    Path file = locate(text);
    try {
      return Tokenizer.of(Files.readString(file));
    } catch (IOException | RuntimeException | LinkageError e) {
      throw new PlanException(
          FIELD, file, "a tokenizer that can be used here (%s)".formatted(e.getMessage()));
    }
  }

  private TokenizerFile() {}
}
