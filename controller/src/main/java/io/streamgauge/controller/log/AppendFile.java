package io.streamgauge.controller.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A file that grows by whole pieces: of one that does not fit on the disk nothing is there. A piece
 * is with the operating system when {@link #append} returns and on the disk about a second later.
 */
public final class AppendFile implements AutoCloseable {
  private static final Duration SYNC_EVERY = Duration.ofSeconds(1);

  private final Path path;
  private final FileChannel channel;
  private final AtomicBoolean syncing = new AtomicBoolean();
  private final AtomicReference<@Nullable IOException> unsynced = new AtomicReference<>();
  private long length;
  private long syncedAt = System.nanoTime();

  /** Goes on at the end of an open file, which is closed where that cannot be. */
  public AppendFile(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    try {
      this.length = channel.size();
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Appends all of it or, when that fails, nothing.
   *
   * @throws UncheckedIOException when it cannot be written, or earlier pieces did not get to disk
   */
  public void append(byte[] piece) {
    try {
      IOException earlier = unsynced.get();
      if (earlier != null) {
        throw earlier;
      }
      write(piece);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path + ": " + e, e);
    }
    sync();
  }

  private void write(byte[] piece) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(piece);
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes, length + bytes.position());
      }
    } catch (IOException e) {
      channel.truncate(length);
      throw e;
    }
    length += piece.length;
  }

  /** On a thread of its own, for a busy disk takes its time; never two at once. */
  private void sync() {
    long now = System.nanoTime();
    if (now - syncedAt < SYNC_EVERY.toNanos() || !syncing.compareAndSet(false, true)) {
      return;
    }
    syncedAt = now;
    Thread.ofVirtual()
        .name("sync " + path.getFileName())
        .start(
            () -> {
              try {
                if (channel.isOpen()) {
                  channel.force(false);
                }
              } catch (ClosedChannelException _) {
                // Whoever closed it has forced it before, or discards it.
              } catch (IOException e) {
                unsynced.set(e);
              } finally {
                syncing.set(false);
              }
            });
  }

  /** Returns when all of it is on the disk. */
  public void force() throws IOException {
    channel.force(true);
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
