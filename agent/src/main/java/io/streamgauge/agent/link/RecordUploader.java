package io.streamgauge.agent.link;

import io.streamgauge.common.measure.AnswerText;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.message.Ack;
import io.streamgauge.common.message.AgentEvent.RecordBatch;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a level's records to the controller, one acknowledged batch after the other: a slow
 * controller slows the upload, never the load. The upload itself repeats a batch until it is
 * acknowledged, under the same number, and fails only when the level is given up.
 */
public final class RecordUploader {
  private static final Logger log = LoggerFactory.getLogger(RecordUploader.class);
  private static final int BATCH = 1_000;

  /** Characters of kept text from which a batch is full. */
  private static final int MUCH_TEXT = 1 << 20;

  /** Makes a batch of the level. */
  @FunctionalInterface
  public interface Batches {
    RecordBatch of(long number, List<RequestRecord> records);
  }

  private final Batches batches;
  private final Function<RecordBatch, Future<Ack>> upload;
  private final Runnable drained;
  private final Deque<RequestRecord> waiting = new ArrayDeque<>();
  private int underWay;
  private boolean busy;
  private long number;

  /** {@code drained} is called whenever everything added so far is acknowledged. */
  public RecordUploader(
      Batches batches, Function<RecordBatch, Future<Ack>> upload, Runnable drained) {
    this.batches = batches;
    this.upload = upload;
    this.drained = drained;
  }

  public void add(List<RequestRecord> records) {
    waiting.addAll(records);
    next();
  }

  /** Records that are not acknowledged yet. */
  public int left() {
    return waiting.size() + underWay;
  }

  public boolean empty() {
    return waiting.isEmpty() && !busy;
  }

  private void next() {
    if (busy) {
      return;
    }
    if (waiting.isEmpty()) {
      drained.run();
      return;
    }
    busy = true;
    List<RequestRecord> taken = new ArrayList<>();
    long characters = 0;
    while (taken.size() < BATCH && characters < MUCH_TEXT && !waiting.isEmpty()) {
      RequestRecord next = waiting.remove();
      characters += next.text().map(AnswerText::characters).orElse(0);
      taken.add(next);
    }
    underWay = taken.size();
    send(batches.of(number++, taken));
  }

  private void send(RecordBatch batch) {
    upload
        .apply(batch)
        .onSuccess(
            _ -> {
              busy = false;
              underWay = 0;
              next();
            })
        .onFailure(
            error ->
                log.warn(
                    "batch {} of {} is not delivered: {}",
                    batch.number(),
                    batch.level(),
                    error.toString()));
  }
}
