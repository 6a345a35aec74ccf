package io.streamgauge.controller.run;

import io.streamgauge.common.message.Endpoints;
import io.streamgauge.controller.level.LiveBoard;
import io.streamgauge.controller.level.RunContext;
import io.streamgauge.controller.result.finding.Finding;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * What those who follow a run are told of a level while it goes on. What it shows already is asked
 * for now and then, because the answer takes a look at all that is in, and nobody waits for it. On
 * the controller's virtual thread.
 */
final class LevelNews implements Consumer<LiveBoard> {
  private static final long LOOK_EVERY = Duration.ofSeconds(2).toNanos();

  private final Vertx vertx;
  private final RunContext run;
  private final FoldedLog log;
  private Future<List<Finding>> look = Future.succeededFuture(List.of());
  private List<Finding> found = List.of();
  private long lookedAt = System.nanoTime() - LOOK_EVERY;

  LevelNews(Vertx vertx, RunContext run, FoldedLog log) {
    this.vertx = vertx;
    this.run = run;
    this.log = log;
  }

  @Override
  public void accept(LiveBoard board) {
    long now = System.nanoTime();
    lookForFindings(now);
    Endpoints.publish(vertx, board.at(now));
    Endpoints.publish(
        vertx,
        board.observed(
            now,
            run.gpus().boards(),
            run.metrics().gauges(),
            found.stream().map(Finding::flag).toList()));
  }

  private void lookForFindings(long now) {
    if (look.isComplete()) {
      found = look.await();
      if (now - lookedAt >= LOOK_EVERY) {
        lookedAt = now;
        look = log.findingsSoFar();
      }
    }
  }
}
