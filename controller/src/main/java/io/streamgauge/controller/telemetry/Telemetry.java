package io.streamgauge.controller.telemetry;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.streamgauge.common.measure.RequestTraces;
import io.streamgauge.common.node.Version;
import io.streamgauge.controller.log.RunFacts;
import io.streamgauge.controller.log.RunLog;
import io.streamgauge.controller.result.RunResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Tells a collector what a run log holds. From the log alone and when the run is over, so that
 * lanes do no more for it than to name each request's trace, and so that a run that lies on the
 * disk can be sent as well.
 */
public final class Telemetry {
  static final InstrumentationScopeInfo SCOPE =
      InstrumentationScopeInfo.builder("io.streamgauge").setVersion(Version.TOOL).build();

  /** Under which it will be told of the run's requests. */
  public static RequestTraces traces(RunFacts run) {
    return TraceIds.of(run).requests();
  }

  /**
   * Blocks until all is taken. {@code result} is what the log comes to: whoever sends it has it,
   * and to compute it takes as long as to send it.
   *
   * @throws IOException when the log cannot be read, or the collector does not take it all
   */
  public static void send(Collector collector, Path log, RunResult result) throws IOException {
    try (Sender sender = new Sender(collector)) {
      RunCourse course = new RunCourse(collector.attributes(), sender);
      RunLog.read(log, course::take);
      course.end(result);
      sender.flush();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private Telemetry() {}
}
