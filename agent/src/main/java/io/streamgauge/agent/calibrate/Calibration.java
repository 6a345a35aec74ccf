package io.streamgauge.agent.calibrate;

import io.streamgauge.agent.host.CompilerRest;
import io.streamgauge.common.agent.HostCalibration;
import io.streamgauge.common.agent.StampSource;
import io.streamgauge.common.node.ConnectionRoom;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.common.plan.load.Share;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;

/** Finds or makes the calibration that goes with a level. */
public final class Calibration {
  private static final Duration SHORT = Duration.ofMillis(1_200);
  private static final String ONE_AT_A_TIME = "streamgauge.calibration";
  private static final int FEWEST = 16;
  private static final int MOST = 1_024;
  private static final int STEP = 4;

  private final Vertx vertx;
  private final CalibrationStore store;

  public Calibration(Vertx vertx, CalibrationStore store) {
    this.vertx = vertx;
    this.store = store;
  }

  /**
   * The kept calibration for as many streams as a lane of the share may hold, and for such stamps;
   * else a new one.
   */
  public Future<HostCalibration> of(Level level, Share share, StampSource stamps) {
    int streams = streams(level, share);
    return vertx
        .sharedData()
        .getLocalLock(ONE_AT_A_TIME)
        .compose(lock -> findOrTry(streams, stamps).onComplete(_ -> lock.release()));
  }

  private Future<HostCalibration> findOrTry(int streams, StampSource stamps) {
    return vertx
        .executeBlocking(() -> store.find(streams, stamps), false)
        .compose(
            found ->
                found.map(Future::succeededFuture).orElseGet(() -> tryAndKeep(streams, stamps)));
  }

  private Future<HostCalibration> tryAndKeep(int streams, StampSource stamps) {
    return CompilerRest.after(vertx)
        .compose(_ -> Trial.run(vertx, streams, stamps, SHORT))
        .compose(
            calibration ->
                vertx.executeBlocking(
                    () -> {
                      store.keep(calibration);
                      return calibration;
                    },
                    false));
  }

  /**
   * 16, 64, 256 or 1,024: the least that covers the streams of one lane, as far as there are files
   * for them. How many an open loop will hold nobody knows beforehand; a request is taken to last a
   * second.
   */
  static int streams(Level level, Share share) {
    double wanted =
        switch (level.load()) {
          case ClosedLoop closed -> closed.concurrency();
          case OpenLoop(double rate, var _, Optional<Integer> cap) ->
              Math.min(rate, cap.orElse(Integer.MAX_VALUE));
        };
    // A trial has both ends of its connections.
    int most = (int) Math.min(MOST, ConnectionRoom.current().connections() / 2);
    int streams = FEWEST;
    while (streams * STEP <= most && streams < wanted / share.lanes()) {
      streams *= STEP;
    }
    return streams;
  }
}
