package io.streamgauge.controller.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Lines as members of a gzip file (RFC 1952), which {@code zcat} reads as one text. Each member
 * stands alone, so a file that is cut anywhere still tells all whole members before the cut.
 */
final class Gzip {
  private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
  private static final int TRAILER = 8;
  private static final int BLOCK = 1 << 16;

  /** A member that holds those bytes. */
  static byte[] member(byte[] content) {
    // The quickest level: it takes a third of the time of the usual one and a tenth more room.
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    try {
      deflater.setInput(content);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream(content.length / 3 + 64);
      out.writeBytes(HEAD);
      byte[] block = new byte[BLOCK];
      while (!deflater.finished()) {
        out.write(block, 0, deflater.deflate(block));
      }
      CRC32 crc = new CRC32();
      crc.update(content);
      ByteBuffer trailer = ByteBuffer.allocate(TRAILER).order(ByteOrder.LITTLE_ENDIAN);
      out.writeBytes(trailer.putInt((int) crc.getValue()).putInt(content.length).array());
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  /**
   * Hands on the content of every whole and sound member from {@code position} on, as long as the
   * taker wants more; returns where the first one begins that it did not take.
   */
  static long members(FileChannel file, long position, Predicate<byte[]> taker) throws IOException {
    Inflater inflater = new Inflater(true);
    try {
      Member member = new Member(file, inflater);
      for (long at = position; ; at = member.end) {
        if (!member.read(at) || !taker.test(member.content.toByteArray())) {
          return at;
        }
      }
    } finally {
      inflater.end();
    }
  }

  /** The member that was read last; one object for all, because most are small. */
  private static final class Member {
    private final FileChannel file;
    private final Inflater inflater;
    private final ByteBuffer in = ByteBuffer.allocate(BLOCK);
    private final byte[] out = new byte[BLOCK];
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private long end;

    Member(FileChannel file, Inflater inflater) {
      this.file = file;
      this.inflater = inflater;
    }

    /** Whether there is a whole and sound one at that position. */
    boolean read(long position) throws IOException {
      content.reset();
      inflater.reset();
      ByteBuffer head = exactly(position, HEAD.length);
      if (head == null || !head.slice(0, 4).equals(ByteBuffer.wrap(HEAD, 0, 4))) {
        return false;
      }
      long at = position + HEAD.length;
      try {
        while (!inflater.finished()) {
          int got = inflater.inflate(out);
          content.write(out, 0, got);
          if (got == 0 && !inflater.finished()) {
            if (file.read(in.clear(), at) <= 0 || inflater.needsDictionary()) {
              return false;
            }
            in.flip();
            at += in.remaining();
            inflater.setInput(in);
          }
        }
      } catch (DataFormatException _) {
        return false;
      }
      end = position + HEAD.length + inflater.getBytesRead() + TRAILER;
      ByteBuffer trailer = exactly(end - TRAILER, TRAILER);
      return trailer != null && sound(trailer.order(ByteOrder.LITTLE_ENDIAN));
    }

    private boolean sound(ByteBuffer trailer) {
      CRC32 crc = new CRC32();
      crc.update(content.toByteArray());
      return trailer.getInt(0) == (int) crc.getValue() && trailer.getInt(4) == content.size();
    }

    private @Nullable ByteBuffer exactly(long position, int length) throws IOException {
      ByteBuffer bytes = ByteBuffer.allocate(length);
      while (bytes.hasRemaining()) {
        if (file.read(bytes, position + bytes.position()) < 0) {
          return null;
        }
      }
      return bytes.flip();
    }
  }

  private Gzip() {}
}
