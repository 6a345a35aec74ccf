package io.streamgauge.controller.cli;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Lines for people, written in their order on a thread of its own, because a terminal or a pipe may
 * be held and no run waits for it.
 */
final class LineLog implements Consumer<String>, AutoCloseable {
  private static final Duration LAST_LINES = Duration.ofSeconds(1);

  private final Consumer<String> writer;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("lines").factory());

  LineLog(Consumer<String> writer) {
    this.writer = writer;
  }

  @Override
  public void accept(String line) {
    thread.execute(() -> writer.accept(line));
  }

  /** Waits for the last lines, as long as that is worth it. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(LAST_LINES.toMillis(), TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
