package io.streamgauge.controller.run;

import io.streamgauge.controller.log.Appender;
import io.streamgauge.controller.log.LogEntry;
import io.streamgauge.controller.log.RunLog;
import io.streamgauge.controller.result.Analysis;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.RunResult;
import io.streamgauge.controller.result.capacity.Proof;
import io.streamgauge.controller.result.finding.Finding;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A run's log whose entries are folded to its result as they come, because to read them back takes
 * longer than all else at a run's end. On the controller's virtual thread; the folding is done
 * beside it, one piece after the other, because heartbeats have to be answered meanwhile.
 */
final class FoldedLog implements Appender {
  /** Few enough to be held, many enough that few pieces of work are made of them. */
  private static final int PIECE = 32;

  private final Vertx vertx;
  private final RunLog log;
  private final Analysis analysis = new Analysis();
  private List<LogEntry> waiting = new ArrayList<>();
  private Future<Void> folded = Future.succeededFuture();

  FoldedLog(Vertx vertx, RunLog log) {
    this.vertx = vertx;
    this.log = log;
  }

  @Override
  public void append(LogEntry entry) {
    log.append(entry);
    waiting.add(entry);
    if (waiting.size() >= PIECE) {
      fold();
    }
  }

  /** The level that has just ended. */
  Future<Optional<LevelResult>> lastLevel() {
    return ask(Analysis::lastLevel);
  }

  /** What the level that is under way shows already. */
  Future<List<Finding>> findingsSoFar() {
    return ask(Analysis::findingsSoFar);
  }

  /** What the level that is under way proves, of a plan that seeks the most load. */
  Future<Proof> provedSoFar() {
    return ask(Analysis::provedSoFar);
  }

  /** The run's result; empty where nothing was measured. */
  Future<Optional<RunResult>> result() {
    return ask(Analysis::result);
  }

  private <T> Future<T> ask(Function<Analysis, T> question) {
    fold();
    return folded.compose(_ -> vertx.executeBlocking(() -> question.apply(analysis)));
  }

  private void fold() {
    List<LogEntry> piece = waiting;
    waiting = new ArrayList<>();
    folded =
        folded.compose(
            _ ->
                vertx.executeBlocking(
                    () -> {
                      piece.forEach(analysis::take);
                      return null;
                    }));
  }
}
