package io.streamgauge.controller.run;

import io.streamgauge.common.message.RunEvent;
import io.streamgauge.controller.log.Appender;
import io.streamgauge.controller.log.LogEntry;
import io.streamgauge.controller.report.console.ConsoleReport;
import io.streamgauge.controller.result.ExitCode;
import io.streamgauge.controller.result.RunResult;
import io.streamgauge.controller.store.RunDirectory;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The end of a run's log: its last entry, and what is rendered from it. On the controller's virtual
 * thread; the work is done beside it, because heartbeats have to be answered meanwhile.
 */
final class RunEnding {
  /**
   * A run that is over; {@code result} and {@code written} are empty where nothing was measured and
   * no file is left.
   */
  record Done(
      Optional<RunResult> result,
      Optional<RunEvent.Written> written,
      int exitCode,
      Optional<String> failure) {}

  private final Vertx vertx;
  private final RunDirectory directory;
  private final Appender log;
  private final boolean page;
  private final Supplier<Future<Optional<RunResult>>> result;

  /**
   * {@code page} is whether an HTML report is wanted; {@code result} is what the run's log, to
   * which {@code log} appends, comes to in the end.
   */
  RunEnding(
      Vertx vertx,
      RunDirectory directory,
      Appender log,
      boolean page,
      Supplier<Future<Optional<RunResult>>> result) {
    this.vertx = vertx;
    this.directory = directory;
    this.log = log;
    this.page = page;
    this.result = result;
  }

  Done end(LogEntry.Ended last) {
    directory.release();
    log.append(last);
    return end();
  }

  /** Of a log that has its last entry already. */
  Done end() {
    return result.get().compose(it -> vertx.executeBlocking(() -> render(it))).await();
  }

  private Done render(Optional<RunResult> result) {
    if (result.isEmpty()) {
      directory.discard();
      return new Done(result, Optional.empty(), ExitCode.DONE, Optional.empty());
    }
    Path json = directory.files().json();
    int code = ExitCode.of(result.get());
    Optional<String> failure = result.get().run().failure();
    try {
      directory.files().write(result.get(), directory.log().path());
      if (page) {
        directory.files().writePage(result.get(), directory.log().path());
      }
    } catch (UncheckedIOException e) {
      if (!Files.exists(json)) {
        throw e;
      }
      code = ExitCode.worst(code, ExitCode.FAILED); // the log still holds it all
      failure = failure.or(() -> Optional.ofNullable(e.getMessage()));
    }
    directory.finish();
    return new Done(
        result,
        Optional.of(
            new RunEvent.Written(
                result.get().run().id(),
                result.get().run().backend(),
                result.get().run().repeat(),
                result.get().run().status().label(),
                json.toString(),
                ConsoleReport.of(result.get()),
                ConsoleReport.brief(result.get()))),
        code,
        failure);
  }
}
