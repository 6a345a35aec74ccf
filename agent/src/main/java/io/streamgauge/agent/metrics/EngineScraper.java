package io.streamgauge.agent.metrics;

import io.streamgauge.agent.engine.EngineFailure;
import io.streamgauge.agent.engine.EnginePages;
import io.streamgauge.agent.engine.EnginePages.Page;
import io.streamgauge.agent.engine.ServedEngine;
import io.streamgauge.common.measure.CacheReset;
import io.streamgauge.common.measure.EngineQuantity;
import io.streamgauge.common.measure.EngineReading;
import io.streamgauge.common.measure.EngineSample;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads a server's metrics page on a thread of its own: a second after it was read it is read
 * again, so that a slow page is asked for less often and never twice at once. A server whose page
 * tells nothing is left alone.
 */
public final class EngineScraper implements AutoCloseable {
  private static final long EVERY_NANOS = 1_000_000_000;
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final int OK = 200;

  private final EnginePages pages;
  private final EngineBuffer buffer;
  private final Thread thread =
      Thread.ofPlatform().daemon().name("engine-scraper").unstarted(this::repeat);
  private volatile boolean closed;

  /** Begins at once. Times are those of {@link System#nanoTime}. */
  public EngineScraper(String url, EngineBuffer buffer) {
    this.pages = new EnginePages(url);
    this.buffer = buffer;
    thread.start();
  }

  private void repeat() {
    boolean useful = sample();
    while (useful && !closed) {
      long due = System.nanoTime() + EVERY_NANOS;
      while (!closed && due - System.nanoTime() > 0) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      if (!closed) {
        sample();
      }
    }
  }

  /** Whether there was anything. */
  private boolean sample() {
    try {
      Optional<EngineSample> sample = look().sample();
      sample.ifPresent(buffer::add);
      return sample.isPresent();
    } catch (EngineFailure | RejectedExecutionException _) { // it is closed
      return false;
    }
  }

  /** Reads the page now, after emptying the prefix cache of an engine that is ours. Blocks. */
  public EngineReading read(boolean resetCache, Optional<ServedEngine> own) {
    Optional<CacheReset> cache =
        resetCache ? Optional.of(PrefixCache.reset(pages, own)) : Optional.empty();
    EngineReading reading = look();
    return new EngineReading(reading.sample(), reading.trouble(), cache);
  }

  /** A moment halfway between question and answer is the sample's time. */
  private EngineReading look() {
    long before = System.nanoTime();
    Optional<Page> page = pages.get("/metrics", LIMIT);
    long after = System.nanoTime();
    if (page.isEmpty()) {
      return trouble("/metrics: no answer within %d s".formatted(LIMIT.toSeconds()));
    }
    if (page.get().status() != OK) {
      return trouble("/metrics: the server answers %d".formatted(page.get().status()));
    }
    try {
      Map<EngineQuantity, Double> values = EngineMetrics.of(page.get().body());
      return values.isEmpty()
          ? trouble("/metrics: nothing of vLLM, SGLang or llama.cpp in it")
          : new EngineReading(
              Optional.of(new EngineSample(before + (after - before) / 2, values)),
              Optional.empty(),
              Optional.empty());
    } catch (MalformedMetricsException e) {
      return trouble("/metrics: " + e.getMessage());
    }
  }

  private static EngineReading trouble(String text) {
    return new EngineReading(Optional.empty(), Optional.of(text), Optional.empty());
  }

  /** A page that is being read is given up. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    pages.close();
  }
}
