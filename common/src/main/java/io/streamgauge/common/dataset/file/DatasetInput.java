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
import java.util.Map;
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

  /** What people have beside texts, by its first bytes, and how it becomes one. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "(\u00B5/\u00FD", "compressed by zstd (zstd -d unpacks it)",
          "\u00FD7zXZ", "compressed by xz (xz -d unpacks it)",
          "BZh91AY", "compressed by bzip2 (bzip2 -d unpacks it)",
          "PK\u0003\u0004", "a zip archive (unzip unpacks it)",
          "PAR1", "a Parquet file (pandas writes JSONL of it)",
          "\u00FF\u00FE", "UTF-16 (iconv -f UTF-16 -t UTF-8 makes UTF-8 of it)",
          "\u00FE\u00FF", "UTF-16 (iconv -f UTF-16 -t UTF-8 makes UTF-8 of it)");

  private static final int LONGEST = 7;

  static DatasetInput open(Path file) throws IOException {
    InputStream in = new Utf8Check(unzipped(file, new BufferedInputStream(opened(file), HEAD)));
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

  private static InputStream unzipped(Path file, InputStream in) throws IOException {
    in.mark(LONGEST);
    String first = new String(in.readNBytes(LONGEST), StandardCharsets.ISO_8859_1);
    in.reset();
    for (Map.Entry<String, String> other : OTHERS.entrySet()) {
      if (first.startsWith(other.getKey())) {
        throw unusable(file, other.getValue());
      }
    }
    return first.startsWith("\u001F\u008B") ? new GZIPInputStream(in, HEAD) : in;
  }
}
