package io.streamgauge.agent.metrics;

import io.streamgauge.agent.engine.EngineFailure;
import io.streamgauge.agent.engine.EnginePages;
import io.streamgauge.agent.engine.EnginePages.Page;
import io.streamgauge.agent.engine.kind.ServedEngine;
import io.streamgauge.common.engine.CacheReset;
import io.streamgauge.common.engine.EngineQuantity;
import io.streamgauge.common.engine.EngineReading;
import io.streamgauge.common.engine.EngineSample;
import io.streamgauge.common.plan.request.Target;
import io.streamgauge.common.plan.request.TargetOptions;
import io.streamgauge.common.plan.request.TargetUrl;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads a server's metrics page on a thread of its own: a second after it was read it is read
 * again, so that a slow page is asked for less often and never twice at once. Only a page that has
 * told something is read again by itself, and one that the server does not have is never asked for
 * again: whoever serves one connection at a time serves us in place of the load.
 */
public final class EngineScraper implements AutoCloseable {
  private static final long EVERY_NANOS = 1_000_000_000;
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final int OK = 200;
  private static final int CLIENT_ERROR = 400;
  private static final int SERVER_ERROR = 500;

  private final EnginePages pages;
  private final TargetUrl page;
  private final String name;
  private final EngineBuffer buffer;
  private final Thread thread =
      Thread.ofPlatform().daemon().name("engine-scraper").unstarted(this::repeat);
  private volatile boolean useful;
  private volatile boolean closed;
  private Optional<EngineReading> refused = Optional.empty();

  /** Begins at once. Times are those of {@link System#nanoTime}. */
  public EngineScraper(Target target, Optional<String> apiKey, EngineBuffer buffer) {
    TargetUrl server = target.address();
    TargetOptions options = target.options();
    this.pages = new EnginePages(server, options.trust(), target.headers(apiKey));
    this.page =
        TargetUrl.parse(options.engineMetrics().orElse(server.origin() + server.page("/metrics")));
    this.name = options.engineMetrics().map(_ -> page.shown()).orElse("/metrics");
    this.buffer = buffer;
    thread.start();
  }

  private void repeat() {
    sample();
    while (!closed) {
      long due = System.nanoTime() + EVERY_NANOS;
      while (!closed && due - System.nanoTime() > 0) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      if (!closed && useful) {
        sample();
      }
    }
  }

  private void sample() {
    try {
      look().sample().ifPresent(buffer::add);
    } catch (EngineFailure | RejectedExecutionException _) {
      // it is closed
    }
  }

  /** Reads the page now, after emptying the prefix cache of an engine that is ours. Blocks. */
  public EngineReading read(boolean resetCache, Optional<ServedEngine> own) {
    Optional<CacheReset> cache =
        resetCache ? Optional.of(PrefixCache.reset(pages, own)) : Optional.empty();
    EngineReading reading = look();
    return new EngineReading(reading.sample(), reading.trouble(), cache, reading.scheduleError());
  }

  private synchronized EngineReading look() {
    if (refused.isPresent()) {
      return refused.get();
    }
    long before = System.nanoTime();
    Optional<Page> answer = pages.get(page, LIMIT);
    EngineReading reading = reading(answer, before, System.nanoTime());
    useful |= reading.sample().isPresent();
    refused =
        answer
            .filter(known -> known.status() >= CLIENT_ERROR && known.status() < SERVER_ERROR)
            .map(_ -> reading);
    return reading;
  }

  /** A moment halfway between question and answer is the sample's time. */
  private EngineReading reading(Optional<Page> answer, long before, long after) {
    if (answer.isEmpty()) {
      return trouble("%s: no answer within %d s".formatted(name, LIMIT.toSeconds()));
    }
    if (answer.get().status() != OK) {
      return trouble("%s: the server answers %d".formatted(name, answer.get().status()));
    }
    try {
      Map<EngineQuantity, Double> values = EngineMetrics.of(answer.get().body());
      return values.isEmpty()
          ? trouble(name + ": nothing of vLLM, SGLang or llama.cpp in it")
          : new EngineReading(
              Optional.of(new EngineSample(before + (after - before) / 2, values)),
              Optional.empty(),
              Optional.empty(),
              EngineMetrics.scheduleError(answer.get().body()));
    } catch (MalformedMetricsException e) {
      return trouble(name + ": " + e.getMessage());
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
