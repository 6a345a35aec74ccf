package io.streamgauge.controller.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.json.SealedTypes;
import io.streamgauge.common.message.AgentEvent.RecordBatch;
import io.streamgauge.common.message.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What happened in a run, entry by entry: the truth of which every result is a rendering. A file of
 * one JSON line an entry, packed by gzip. What was appended stays readable wherever the file is
 * cut.
 */
public final class RunLog implements Appender, AutoCloseable {
  public static final String SCHEMA = "streamgauge.log/1";
  public static final String SUFFIX = ".run.gz";

  private static final String RECORDS = '"' + RecordBatch.class.getSimpleName() + '"';
  private static final ObjectMapper MAPPER =
      SealedTypes.register(SealedTypes.register(Json.MAPPER, Message.class), LogEntry.class);

  private final Path path;
  private final FileChannel channel;
  private final AppendFile file;

  private RunLog(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.file = new AppendFile(path, channel);
  }

  /**
   * A new one.
   *
   * @throws java.nio.file.FileAlreadyExistsException where the name is in use
   */
  public static RunLog create(Path path) throws IOException {
    return new RunLog(path, ResultFile.open(path, CREATE_NEW, READ, WRITE));
  }

  /** Goes on with the log of a controller that is gone, without what it could not write whole. */
  public static RunLog takeUp(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, READ, WRITE);
    try {
      long whole = Gzip.members(channel, 0, _ -> true);
      if (whole == 0 && channel.size() > 0) {
        throw new IOException(path + " has no whole entry: it is left as it is");
      }
      channel.truncate(whole);
      return new RunLog(path, channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  public Path path() {
    return path;
  }

  @Override
  public void append(LogEntry entry) {
    try {
      byte[] json = MAPPER.writerFor(LogEntry.class).writeValueAsBytes(entry);
      byte[] line = Arrays.copyOf(json, json.length + 1);
      line[json.length] = '\n';
      file.append(Gzip.member(line));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot write to the run log: " + entry, e);
    }
  }

  /** Hands on the entries so far. */
  public void read(Consumer<LogEntry> reader) throws IOException {
    read(path, channel, _ -> true, reader);
  }

  /**
   * Hands on the entries of a log that lies on the disk, up to where it is cut or damaged; returns
   * how many bytes of it were read.
   *
   * @throws IOException when it cannot be read, is no run log, or is one of another version
   */
  public static long read(Path path, Consumer<LogEntry> reader) throws IOException {
    try (FileChannel channel = FileChannel.open(path, READ)) {
      return read(path, channel, _ -> true, reader);
    }
  }

  /** The same for the batches of records alone; nothing else is so much as decoded. */
  public static void readRecords(Path path, Consumer<RecordBatch> reader) throws IOException {
    try (FileChannel channel = FileChannel.open(path, READ)) {
      read(
          path,
          channel,
          line -> line.contains(RECORDS),
          entry -> {
            if (entry instanceof LogEntry.Told(var _, RecordBatch batch)) {
              reader.accept(batch);
            }
          });
    }
  }

  private static long read(
      Path path, FileChannel channel, Predicate<String> wanted, Consumer<LogEntry> reader)
      throws IOException {
    boolean[] first = {true};
    IOException[] wrong = new IOException[1];
    long end =
        Gzip.members(
            channel,
            0,
            member -> {
              try {
                // One line, unless somebody has unpacked the log and packed it again.
                for (String line : new String(member, UTF_8).lines().toList()) {
                  if (first[0]) {
                    requireKnown(path, line);
                    first[0] = false;
                  }
                  if (wanted.test(line)) {
                    reader.accept(MAPPER.readValue(line, LogEntry.class));
                  }
                }
                return true;
              } catch (IOException e) {
                wrong[0] = e;
                return false;
              }
            });
    if (first[0] && wrong[0] == null) {
      throw new IOException(path + " is no run log: it has no whole entry, expected " + SCHEMA);
    }
    if (wrong[0] != null) {
      throw wrong[0] instanceof JsonProcessingException
          ? new IOException(
              "%s: the entry at byte %d is not one of %s: %s"
                  .formatted(path, end, SCHEMA, reason(wrong[0])),
              wrong[0])
          : wrong[0];
    }
    return end;
  }

  private static String reason(IOException e) {
    return e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.toString();
  }

  private static void requireKnown(Path path, String line) throws IOException {
    JsonNode entry;
    try {
      entry = MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IOException(path + " is no run log: it does not begin with JSON", e);
    }
    String schema = entry.path("schema").asText("");
    if (!schema.equals(SCHEMA)) {
      throw new IOException(
          schema.startsWith("streamgauge.log/")
              ? "%s: schema: %s is not known, expected %s: a later version of streamgauge wrote it"
                  .formatted(path, schema, SCHEMA)
              : "%s is no run log: schema: %s is not valid, expected %s"
                  .formatted(path, schema.isEmpty() ? "none" : schema, SCHEMA));
    }
  }

  /** All of it is on the disk when this returns. */
  public void force() throws IOException {
    file.force();
  }

  /** Leaves nothing of it. */
  public void discard() throws IOException {
    close();
    Files.deleteIfExists(path);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
