package io.streamgauge.agent.guard.audit;

import io.streamgauge.common.files.UserFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;

/** Writes the lines of an audit log, each forced to the disk. For one thread. */
final class AuditWriter {
  private final AuditFiles files;
  private final long largest;
  private FileChannel out;
  private String previous = AuditLine.NOTHING;

  AuditWriter(AuditFiles files, long largest, InstantSource clock) throws IOException {
    this.files = files;
    this.largest = largest;
    boolean torn = readOn();
    this.out = open(files.current());
    if (torn) {
      byte[] note = AuditLine.torn(previous, clock.instant()).encode();
      try {
        write(note, true);
      } catch (IOException e) {
        out.close();
        throw e;
      }
    }
  }

  /** Finds the line to go on from; true if it has no end. */
  private boolean readOn() throws IOException {
    List<Path> all = files.all();
    for (Path file : all.reversed()) {
      List<byte[]> lines = AuditFiles.lines(Files.readAllBytes(file));
      boolean torn = lines.getLast().length > 0;
      if (torn || lines.size() > 1) {
        previous = AuditLine.hash(lines.get(torn ? lines.size() - 1 : lines.size() - 2));
        return torn && file.equals(files.current());
      }
    }
    return false;
  }

  private static FileChannel open(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            UserFolder.attributes(file, AuditLog.OWNER_ONLY));
    channel.position(channel.size());
    return channel;
  }

  void append(AuditEntry entry) throws IOException {
    if (out.isOpen() && out.size() >= largest) {
      out.close();
      files.rotate();
    }
    if (!out.isOpen()) {
      out = open(files.current());
    }
    write(AuditLine.of(previous, entry).encode(), false);
  }

  /** Whole or not at all: what a full disk leaves of a line is taken back. */
  private void write(byte[] line, boolean endTheOneBefore) throws IOException {
    long size = out.size();
    ByteBuffer left = ByteBuffer.allocate(line.length + 2);
    if (endTheOneBefore) {
      left.put((byte) '\n');
    }
    left.put(line).put((byte) '\n').flip();
    try {
      while (left.hasRemaining()) {
        out.write(left);
      }
      out.force(true);
    } catch (IOException e) {
      out.truncate(size);
      throw e;
    }
    previous = AuditLine.hash(line);
  }

  void close() throws IOException {
    out.close();
  }
}
