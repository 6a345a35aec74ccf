package io.streamgauge.controller.telemetry;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.streamgauge.common.node.Version;
import io.streamgauge.controller.log.RunLog;
import io.streamgauge.controller.result.Analysis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Tells a collector what a run log holds. From the log alone and when the run is over, so that no
 * lane knows of it, and so that a run that lies on the disk can be sent as well.
 */
public final class Telemetry {
  static final InstrumentationScopeInfo SCOPE =
      InstrumentationScopeInfo.builder("io.streamgauge").setVersion(Version.TOOL).build();

  /**
   * Blocks until all is taken.
   *
   * @throws IOException when the log cannot be read, or the collector does not take it all
   */
  public static void send(Collector collector, Path log) throws IOException {
    Analysis analysis = new Analysis();
    try (Sender sender = new Sender(collector)) {
      RunCourse course = new RunCourse(collector.attributes(), sender);
      RunLog.read(
          log,
          entry -> {
            analysis.take(entry);
            course.take(entry);
          });
      analysis.result().ifPresent(course::end);
      sender.flush();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private Telemetry() {}
}
