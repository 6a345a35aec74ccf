package io.streamgauge.controller.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.json.SealedTypes;
import io.streamgauge.common.message.Message;
import io.streamgauge.controller.log.AppendFile;
import io.streamgauge.controller.log.LogEntry;
import io.streamgauge.controller.log.ResultFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a run, one JSON line an entry, so that a controller that is started after one
 * that was killed can end the run with all that was measured. The file is locked as long as its
 * controller lives, and deleted when the results are written.
 */
public final class Journal implements AutoCloseable {
  private static final ObjectMapper MAPPER =
      SealedTypes.register(SealedTypes.register(Json.MAPPER, Message.class), LogEntry.class);

  private final @Nullable AppendFile file;

  private Journal(@Nullable AppendFile file) {
    this.file = file;
  }

  /** For runs that nobody could take up again. */
  public static Journal none() {
    return new Journal(null);
  }

  public static Journal create(Path path) throws IOException {
    return held(path, ResultFile.open(path, CREATE_NEW, READ, WRITE))
        .orElseThrow(() -> new IOException("another process has locked " + path));
  }

  /**
   * Goes on with the journal of a controller that is gone, without a last line that it could not
   * write to its end; empty where the controller lives.
   */
  static Optional<Journal> takeOver(Path path) throws IOException {
    return held(path, FileChannel.open(path, READ, WRITE));
  }

  /** Locks it; the file is closed where that fails, and where another one has the lock. */
  private static Optional<Journal> held(Path path, FileChannel channel) throws IOException {
    boolean held = false;
    try {
      if (lock(channel).isEmpty()) {
        return Optional.empty();
      }
      channel.truncate(wholeLines(channel));
      Journal journal = new Journal(new AppendFile(path, channel));
      held = true;
      return Optional.of(journal);
    } finally {
      if (!held) {
        channel.close();
      }
    }
  }

  /** The length up to the last line's end. */
  private static long wholeLines(FileChannel channel) throws IOException {
    ByteBuffer octet = ByteBuffer.allocate(1);
    for (long length = channel.size(); length > 0; length--) {
      channel.read(octet.clear(), length - 1);
      if (octet.get(0) == '\n') {
        return length;
      }
    }
    return 0;
  }

  /** The lock goes with the channel. */
  private static Optional<FileLock> lock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException _) {
      return Optional.empty(); // a controller of this process has it
    }
  }

  /**
   * @throws UncheckedIOException when it cannot be written; then it is not there
   */
  public void write(LogEntry entry) {
    if (file == null) {
      return;
    }
    try {
      byte[] json = MAPPER.writerFor(LogEntry.class).writeValueAsBytes(entry);
      byte[] line = Arrays.copyOf(json, json.length + 1);
      line[json.length] = '\n';
      file.append(line);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot write a journal entry: " + entry, e);
    }
  }

  /**
   * Reads all entries in order, over the file's own channel: to close another one would give up the
   * lock.
   *
   * @throws IOException when it cannot be read, or is not a journal of this version
   */
  void read(Consumer<LogEntry> reader) throws IOException {
    read(Long.MAX_VALUE, reader);
  }

  /** The first entry; empty where none was written. */
  Optional<LogEntry> first() throws IOException {
    List<LogEntry> first = new ArrayList<>();
    read(1, first::add);
    return first.stream().findFirst();
  }

  private void read(long most, Consumer<LogEntry> reader) throws IOException {
    if (file == null) {
      return;
    }
    BufferedReader lines = new BufferedReader(new InputStreamReader(file.content(), UTF_8));
    for (long number = 1; number <= most; number++) {
      String line = lines.readLine();
      if (line == null) {
        return;
      }
      try {
        reader.accept(MAPPER.readValue(line, LogEntry.class));
      } catch (JsonProcessingException e) {
        throw new IOException(
            "%s: line %d is no journal entry of this version".formatted(file.path(), number), e);
      }
    }
  }

  /** It is of no more use. */
  public void discard() throws IOException {
    close();
    if (file != null) {
      Files.deleteIfExists(file.path());
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
