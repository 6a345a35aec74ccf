package io.streamgauge.common.dataset.file;

import io.streamgauge.common.PlanException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * The text of a dataset file: UTF-8 with or without a byte order mark, not blank, perhaps gzipped.
 *
 * @param head the beginning, as much as tells how rows lie in it
 * @param all the text from its beginning
 */
record DatasetInput(String head, InputStream all) {
  private static final int HEAD = 1 << 16;
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  static DatasetInput open(Path file) throws IOException {
    InputStream in = new Utf8Check(unzipped(new BufferedInputStream(opened(file), HEAD)));
    byte[] head = in.readNBytes(HEAD);
    int from = Arrays.equals(Arrays.copyOf(head, MARK.length), MARK) ? MARK.length : 0;
    String text = new String(head, from, head.length - from, StandardCharsets.UTF_8);
    if (text.isBlank() && head.length < HEAD) {
      throw unusable(file, "empty file");
    }
    InputStream first = new ByteArrayInputStream(head, from, head.length - from);
    return new DatasetInput(text, new SequenceInputStream(first, in));
  }

  /** One line on why a file is of no use. */
  static PlanException unusable(Path file, String problem) {
    return new PlanException(file + ": " + problem + ", " + DatasetReader.EXPECTED);
  }

  private static InputStream opened(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw unusable(file, "a directory");
    }
    try {
      return Files.newInputStream(file);
    } catch (NoSuchFileException e) {
      throw unusable(file, "no such file");
    } catch (AccessDeniedException e) {
      throw unusable(file, "no permission to read it");
    }
  }

  private static InputStream unzipped(InputStream in) throws IOException {
    in.mark(2);
    boolean zipped = in.read() == 0x1F && in.read() == 0x8B;
    in.reset();
    return zipped ? new GZIPInputStream(in, HEAD) : in;
  }
}
