package io.streamgauge.agent.watch;

import io.streamgauge.agent.client.KeyVariable;
import io.streamgauge.agent.engine.kind.ServedEngine;
import io.streamgauge.agent.link.Delivery;
import io.streamgauge.agent.link.Heartbeat;
import io.streamgauge.agent.link.NumberedBatches;
import io.streamgauge.agent.metrics.EngineBuffer;
import io.streamgauge.agent.metrics.EngineScraper;
import io.streamgauge.common.engine.EngineReading;
import io.streamgauge.common.engine.EngineSample;
import io.streamgauge.common.message.AgentCommand.ReadEngine;
import io.streamgauge.common.message.AgentCommand.WatchEngine;
import io.streamgauge.common.message.AgentEvent.EngineBatch;
import io.streamgauge.common.message.AgentEvent.EngineRead;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reading of a server's metrics page for one run. On the agent's context. */
final class EngineWatch {
  private static final Logger log = LoggerFactory.getLogger(EngineWatch.class);

  private final Vertx vertx;
  private final WatchEngine order;
  private final String agent;
  private final Heartbeat heartbeat;
  private final Optional<ServedEngine> own;
  private final EngineBuffer buffer = new EngineBuffer();
  private final EngineScraper scraper;
  private final Delivery delivery;
  private final NumberedBatches batches;

  /**
   * Reads from now on.
   *
   * @param own the server where this host has started it
   * @param firstBatch the number of its first batch: a run may watch one engine after the other
   */
  EngineWatch(
      Vertx vertx,
      WatchEngine order,
      String agent,
      Heartbeat heartbeat,
      Optional<ServedEngine> own,
      long firstBatch) {
    this.vertx = vertx;
    this.order = order;
    this.agent = agent;
    this.heartbeat = heartbeat;
    this.own = own;
    this.scraper = new EngineScraper(order.target(), KeyVariable.of(order.target()), buffer);
    this.delivery = new Delivery(vertx);
    this.batches = new NumberedBatches(vertx, delivery, firstBatch, this::batch);
    batches.begin();
  }

  WatchEngine order() {
    return order;
  }

  long nextBatch() {
    return batches.number();
  }

  private Optional<EngineBatch> batch(long number) {
    EngineBuffer.Content content = buffer.drain();
    if (content.empty()) {
      return Optional.empty();
    }
    long now = System.nanoTime();
    long origin = content.samples().isEmpty() ? now : content.samples().getFirst().at();
    List<EngineSample> samples =
        content.samples().stream().map(sample -> sample.earlier(origin)).toList();
    return Optional.of(
        new EngineBatch(
            order.runId(),
            agent,
            number,
            heartbeat.clock().remote(origin, now),
            heartbeat.reading().orElseThrow(),
            samples,
            content.dropped()));
  }

  /** Reads off the loop and delivers what was read. */
  void read(ReadEngine wanted) {
    vertx
        .executeBlocking(() -> scraper.read(wanted.resetCache(), own), false)
        .map(reading -> answer(wanted.number(), reading))
        .compose(answer -> delivery.deliver(answer, batches::open))
        .onFailure(error -> log.debug("the engine was read for nobody: {}", error.toString()));
  }

  private EngineRead answer(long number, EngineReading reading) {
    long now = System.nanoTime();
    long origin = reading.sample().map(EngineSample::at).orElse(now);
    return new EngineRead(
        order.runId(),
        agent,
        number,
        heartbeat.clock().remote(origin, now),
        heartbeat.reading().orElseThrow(),
        new EngineReading(
            reading.sample().map(sample -> sample.earlier(origin)),
            reading.trouble(),
            reading.cache(),
            reading.scheduleError()));
  }

  /** Reads no more, and gives up what is left. */
  void close() {
    batches.close();
    scraper.close();
  }
}
