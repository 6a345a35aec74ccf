package io.streamgauge.controller.log;

import io.streamgauge.common.files.UserFolder;
import io.streamgauge.common.files.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/** Opens files of results: where they are new, for their owner and the owner's group alone. */
public final class ResultFile {
  private static final FileAttribute<?>[] MODE = UserFolder.attributes(Path.of(""), "rw-r-----");

  public static FileChannel open(Path path, OpenOption... options) throws IOException {
    return FileChannel.open(path, Set.of(options), MODE);
  }

  public static void write(Path path, byte[] content, OpenOption... options) throws IOException {
    try (FileChannel channel = open(path, options)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  /** Writes the whole file anew, or leaves the one that was there. */
  public static void replace(Path path, byte[] content) throws IOException {
    WholeFile.replace(path, content, MODE);
  }

  private ResultFile() {}
}
