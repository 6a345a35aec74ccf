package io.streamgauge.controller.run;

import io.streamgauge.controller.result.RunResult;
import io.streamgauge.controller.store.Site;
import io.streamgauge.controller.telemetry.Telemetry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the site's collector, if there is one, of a run that is over. What goes wrong there is told
 * and changes nothing of the run.
 */
final class CollectorReport {
  private static final Logger log = LoggerFactory.getLogger(CollectorReport.class);

  static void send(Vertx vertx, Site site, Path runLog, RunResult result, Consumer<String> notes) {
    site.collector()
        .ifPresent(
            collector ->
                vertx
                    .executeBlocking(
                        () -> {
                          Telemetry.send(collector, runLog, result);
                          return null;
                        })
                    .otherwise(
                        failure -> {
                          notes.accept(
                              "%s; report --otlp %s %s sends it again"
                                  .formatted(failure.getMessage(), collector.base(), runLog));
                          if (!(failure instanceof IOException)) {
                            log.error("the sending to a collector ended by a bug", failure);
                          }
                          return null;
                        })
                    .await());
  }

  private CollectorReport() {}
}
