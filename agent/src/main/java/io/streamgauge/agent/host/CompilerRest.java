package io.streamgauge.agent.host;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** Waits until the JVM's compilers, which take cores from the lanes, have little left to do. */
public final class CompilerRest {
  private static final long LOOK_EVERY_MILLIS = 10;
  private static final long BUSY_MILLIS = 2;
  private static final int MOST_LOOKS = 100;

  /** Completes after a look of 10 ms with less than 2 ms of compilation, or after 1 s. */
  public static Future<Void> after(Vertx vertx) {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    return compiler == null || !compiler.isCompilationTimeMonitoringSupported()
        ? Future.succeededFuture()
        : look(vertx, compiler, compiler.getTotalCompilationTime(), MOST_LOOKS);
  }

  private static Future<Void> look(Vertx vertx, CompilationMXBean compiler, long before, int left) {
    return vertx
        .timer(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)
        .compose(
            _ -> {
              long now = compiler.getTotalCompilationTime();
              return left == 0 || now - before < BUSY_MILLIS
                  ? Future.succeededFuture()
                  : look(vertx, compiler, now, left - 1);
            });
  }

  private CompilerRest() {}
}
