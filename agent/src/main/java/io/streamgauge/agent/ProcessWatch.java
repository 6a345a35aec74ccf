package io.streamgauge.agent;

import com.sun.management.OperatingSystemMXBean;
import io.streamgauge.common.measure.ProcessStats;
import io.streamgauge.common.plan.Target;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches this process and its host while a level runs. On the agent's context. */
final class ProcessWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ProcessWatch.class);

  /**
   * The system walks all its sockets, some 10 ms of a core: more often, the watch would be load.
   */
  private static final long LOOK_EVERY_MILLIS = 10_000;

  private final Vertx vertx;
  private final OperatingSystemMXBean process =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final GcPauses pauses = new GcPauses();
  private final long cpuAtStart = process.getProcessCpuTime();
  private final Optional<StolenTime> stolenAtStart = StolenTime.now();
  private final long timer;
  private Optional<Long> queued = Optional.empty();

  /** Begins to watch, the connections to {@code target} among it. */
  ProcessWatch(Vertx vertx, Target target) {
    this.vertx = vertx;
    int port = target.port();
    this.timer = vertx.setPeriodic(LOOK_EVERY_MILLIS, _ -> look(port));
  }

  /** The table has a line for each socket of the host: reading it is no work for an event loop. */
  private void look(int port) {
    Callable<Optional<Long>> read =
        () -> {
          var waiting = SocketQueues.waiting(port);
          return waiting.isPresent() ? Optional.of(waiting.getAsLong()) : Optional.empty();
        };
    vertx
        .executeBlocking(read, false)
        .onSuccess(
            seen -> queued = seen.map(bytes -> Math.max(bytes, queued.orElse(0L))).or(() -> queued))
        .onFailure(error -> log.warn("cannot read the receive queues", error));
  }

  /** What was seen so far. */
  ProcessStats stats() {
    return new ProcessStats(
        pauses.distribution(),
        process.getProcessCpuTime() - cpuAtStart,
        StolenTime.now().flatMap(now -> stolenAtStart.map(now::shareSince)),
        queued);
  }

  @Override
  public void close() {
    vertx.cancelTimer(timer);
    pauses.close();
  }
}
