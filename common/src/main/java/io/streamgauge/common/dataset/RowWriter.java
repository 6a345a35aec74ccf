package io.streamgauge.common.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Locale;

/** Writes rows in our own form: as a JSON array, or a row a line where the file is JSONL. */
public final class RowWriter implements Closeable {
  private final Writer out;
  private final boolean lines;
  private boolean begun;

  /** A writer of rows to {@code out}, which is to become {@code file}. */
  public RowWriter(Path file, Writer out) {
    this.out = out;
    this.lines = file.toString().toLowerCase(Locale.ROOT).endsWith(".jsonl");
  }

  public void add(ObjectNode row) throws IOException {
    if (lines) {
      out.write(row + "\n");
    } else {
      out.write((begun ? ",\n  " : "[\n  ") + row);
    }
    begun = true;
  }

  @Override
  public void close() throws IOException {
    if (!lines) {
      out.write(begun ? "\n]\n" : "[]\n");
    }
    out.close();
  }
}
