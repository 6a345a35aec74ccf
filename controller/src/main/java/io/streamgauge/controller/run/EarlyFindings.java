package io.streamgauge.controller.run;

import io.streamgauge.controller.result.finding.Finding;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a level shows while it goes on. It is looked for now and then, because that takes the longer
 * the more is in, and nobody waits for it; a look that fails is the level's last. On the
 * controller's virtual thread.
 */
final class EarlyFindings {
  private static final Logger log = LoggerFactory.getLogger(EarlyFindings.class);

  /** No more often, in ns. */
  static final long EVERY = Duration.ofSeconds(2).toNanos();

  /** So many times as long as a look took there is none: a twentieth of a core is its bound. */
  static final int REST = 20;

  private final Supplier<Future<List<Finding>>> look;
  private final LongSupplier nanos;
  private List<Finding> found = List.of();
  private long next;
  private boolean looking;

  /** {@code look} tells what there is to be found, and may take its time. */
  EarlyFindings(Supplier<Future<List<Finding>>> look, LongSupplier nanos) {
    this.look = look;
    this.nanos = nanos;
    this.next = nanos.getAsLong();
  }

  /** By the last look that is over. */
  List<Finding> latest() {
    long now = nanos.getAsLong();
    if (!looking && now - next >= 0) {
      looking = true;
      Future.succeededFuture()
          .compose(_ -> look.get())
          .onComplete(
              findings -> take(findings, now),
              failure -> log.error("what a level shows cannot be told before its end", failure));
    }
    return found;
  }

  private void take(List<Finding> findings, long began) {
    found = findings;
    long over = nanos.getAsLong();
    long took = over - began;
    next = over + Math.max(EVERY - took, REST * took);
    looking = false;
  }
}
