package io.streamgauge.controller.run;

import io.streamgauge.common.message.Endpoints;
import io.streamgauge.controller.level.LiveBoard;
import io.streamgauge.controller.level.RunContext;
import io.streamgauge.controller.result.finding.Finding;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What those who follow a run are told of a level while it goes on. That it cannot be told ends no
 * run: it is logged, once a level. On the controller's virtual thread.
 */
final class LevelNews implements Consumer<LiveBoard> {
  private static final Logger log = LoggerFactory.getLogger(LevelNews.class);

  private final Vertx vertx;
  private final RunContext run;
  private final EarlyFindings findings;
  private boolean failed;

  /** {@code look} tells what the level shows already. */
  LevelNews(Vertx vertx, RunContext run, Supplier<Future<List<Finding>>> look) {
    this.vertx = vertx;
    this.run = run;
    this.findings = new EarlyFindings(look, System::nanoTime);
  }

  @Override
  public void accept(LiveBoard board) {
    try {
      tell(board);
    } catch (RuntimeException | Error e) {
      if (!failed) {
        failed = true;
        log.error("who follows run {} misses news of it", run.id(), e);
      }
    }
  }

  private void tell(LiveBoard board) {
    long now = System.nanoTime();
    Endpoints.publish(vertx, board.at(now));
    Endpoints.publish(
        vertx,
        board.observed(
            now,
            run.gpus().boards(),
            run.metrics().gauges(),
            findings.latest().stream().map(Finding::flag).toList()));
  }
}
