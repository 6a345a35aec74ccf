package io.streamgauge.agent.level;

import io.streamgauge.agent.AgentOptions;
import io.streamgauge.agent.host.ProcessWatch;
import io.streamgauge.agent.link.Delivery;
import io.streamgauge.agent.link.Heartbeat;
import io.streamgauge.agent.link.RecordUploader;
import io.streamgauge.agent.load.LaneReport;
import io.streamgauge.common.agent.ClientStats;
import io.streamgauge.common.message.Ack;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.message.AgentEvent.Early;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands what the lanes of a level measure to the controller. On the agent's context. */
final class LevelReports {
  private static final Logger log = LoggerFactory.getLogger(LevelReports.class);
  private static final long PROGRESS_MILLIS = 1_000;

  private final Vertx vertx;
  private final LevelEvents events;
  private final Delivery delivery;
  private final BooleanSupplier wanted;
  private final RecordUploader uploader;
  private final LaneSums sums = new LaneSums();
  private @Nullable ProcessWatch watch;
  private long progressTimer = -1;

  /**
   * @param wanted whether the level has not been given up
   * @param drained called whenever all records so far are acknowledged
   */
  LevelReports(Vertx vertx, LevelEvents events, BooleanSupplier wanted, Runnable drained) {
    this.vertx = vertx;
    this.events = events;
    this.delivery = new Delivery(vertx);
    this.wanted = wanted;
    this.uploader = new RecordUploader(events::batch, this::deliver, drained);
  }

  /** Repeats until acknowledged; fails when the level is given up. */
  Future<Ack> deliver(AgentEvent event) {
    return delivery.deliver(event, wanted);
  }

  void begin() {
    watch = new ProcessWatch();
    progressTimer = vertx.setPeriodic(PROGRESS_MILLIS, _ -> progress());
  }

  /** Not repeated: the next one, a second later, says more. */
  private void progress() {
    delivery.deliver(events.progress(sums), () -> false);
  }

  void take(LaneReport report) {
    sums.take(report);
    if (!report.records().isEmpty()) {
      uploader.add(report.records());
    }
  }

  /** Whether each of so many lanes is over and all its records are acknowledged. */
  boolean complete(int lanes) {
    return sums.over(lanes) && uploader.empty();
  }

  /** Records that are not acknowledged yet. */
  int left() {
    return uploader.left();
  }

  /** Sends the sums of the whole level; {@code early} is asked for at the last moment. */
  Future<?> finish(LevelStart start, Heartbeat heartbeat, Supplier<Optional<Early>> early) {
    ClientStats client = watched(sums.client());
    return heartbeat
        .sample()
        .compose(
            _ ->
                deliver(
                    events.finished(
                        sums,
                        client,
                        sums.startedAt().stream()
                            .mapToObj(at -> start.told(at, heartbeat))
                            .findFirst(),
                        heartbeat.reading().orElseThrow(),
                        early.get())));
  }

  /** A process that cannot be looked at, perhaps for want of a file, has measured all the same. */
  private ClientStats watched(ClientStats lanesAlone) {
    try {
      return watch == null ? lanesAlone : lanesAlone.in(AgentOptions.process(), watch.stats());
    } catch (RuntimeException e) {
      log.warn("nothing is known of this process in level {}", events.level(), e);
      return lanesAlone;
    }
  }

  void close() {
    vertx.cancelTimer(progressTimer);
    if (watch != null) {
      watch.close();
    }
  }
}
