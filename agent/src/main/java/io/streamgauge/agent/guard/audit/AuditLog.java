package io.streamgauge.agent.guard.audit;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.files.UserFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The commands that this agent was given, one JSON line each, obeyed or not, in a file of its
 * owner. Each line holds the SHA-256 of the one before, so that what was changed or removed later
 * shows; a log that was cut short at its end does not, or one that somebody who can write the file
 * has written anew from some line on. A file of 10 MiB is set aside and ten are kept, so the log
 * never takes more than 100 MiB; the oldest lines go.
 */
public final class AuditLog implements AutoCloseable {
  private static final long LARGEST = 10 << 20;
  private static final int MOST_WAITING = 10_000;

  static final String OWNER_ONLY = "rw-------";

  private final AuditWriter writer;
  private final FileChannel lock;
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          Thread.ofPlatform().daemon().name("audit").factory());

  private AuditLog(AuditWriter writer, FileChannel lock) {
    this.writer = writer;
    this.lock = lock;
  }

  /**
   * Opens a log, or goes on with the one that is there. Blocks.
   *
   * @throws PlanException if the file cannot be written, or another agent writes it
   */
  public static AuditLog open(Path file) {
    return open(file, LARGEST, InstantSource.system());
  }

  static AuditLog open(Path file, long largest, InstantSource clock) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      AuditFiles files = new AuditFiles(file);
      FileChannel lock = lock(file, files.lock());
      try {
        return new AuditLog(new AuditWriter(files, largest, clock), lock);
      } catch (IOException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new PlanException("audit-log", file, "a file that can be written (" + e + ")");
    }
  }

  private static FileChannel lock(Path file, Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path,
            EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            UserFolder.attributes(path, OWNER_ONLY));
    boolean held = false;
    try {
      held = channel.tryLock() != null;
      if (held) {
        return channel;
      }
      throw taken(file);
    } catch (OverlappingFileLockException _) {
      throw taken(file);
    } finally {
      if (!held) {
        channel.close();
      }
    }
  }

  private static PlanException taken(Path file) {
    return new PlanException("audit-log", file, "a file that no other agent writes");
  }

  /**
   * Notes a command, without blocking. Complete once it is on the disk; failed with the reason if
   * it could not get there, or if 10,000 others wait.
   */
  public CompletableFuture<Void> append(AuditEntry entry) {
    try {
      return CompletableFuture.runAsync(
          () -> {
            try {
              writer.append(entry);
            } catch (IOException e) {
              throw new CompletionException(e);
            }
          },
          thread);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(
          new IOException("the audit log is closed, or too far behind", e));
    }
  }

  /** Writes what waits, and lets another agent have the file. Blocks. */
  @Override
  public void close() throws IOException {
    thread.close();
    try (lock) {
      writer.close();
    }
  }
}
