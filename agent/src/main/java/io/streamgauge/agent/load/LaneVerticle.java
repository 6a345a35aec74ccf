package io.streamgauge.agent.load;

import io.streamgauge.agent.client.TargetClient;
import io.streamgauge.agent.client.Wires;
import io.streamgauge.agent.client.answer.Timeline;
import io.streamgauge.common.agent.StampSource;
import io.streamgauge.common.measure.Outcome;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Timer;
import io.vertx.core.VerticleBase;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The shell of a lane: its event loop, its client and its timers. */
public final class LaneVerticle extends VerticleBase {
  private final LaneTask task;
  private final Consumer<LaneReport> reports;
  private final Consumer<Throwable> bugs;
  private final Consumer<Timeline> finished;
  private final StampSource stamps;
  private @Nullable TargetClient client;
  private @Nullable LaneRun run;

  /**
   * The consumers are called on the lane's event loop.
   *
   * @param bugs hears of what was thrown there: the lane's numbers are of no more use then
   */
  public LaneVerticle(LaneTask task, Consumer<LaneReport> reports, Consumer<Throwable> bugs) {
    this(task, reports, bugs, _ -> {}, StampSource.KERNEL);
  }

  /**
   * @param finished sees each timeline when its request has ended
   * @param stamps whose stamps it would have; those of the client where it cannot have others
   */
  public LaneVerticle(
      LaneTask task,
      Consumer<LaneReport> reports,
      Consumer<Throwable> bugs,
      Consumer<Timeline> finished,
      StampSource stamps) {
    this.task = task;
    this.reports = reports;
    this.bugs = bugs;
    this.finished = finished;
    this.stamps = stamps;
  }

  @Override
  public Future<?> start() {
    context.exceptionHandler(bugs::accept);
    client =
        new TargetClient(
            vertx,
            task.target(),
            task.request().endpoint(),
            task.apiKey(),
            task.request().timeout(),
            System::nanoTime,
            stamps == StampSource.USER ? stamps : Wires.stamps(vertx, task.target()));
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    return client == null ? Future.succeededFuture() : client.close();
  }

  /**
   * Opens the connections of the lane's first requests; callable from anywhere once it is deployed.
   */
  public Future<Void> connect() {
    Promise<Void> connected = Promise.promise();
    onLoop(
        () -> {
          if (client != null) {
            client.connect(task.firstConnections()).onComplete(connected);
          }
        });
    return connected.future();
  }

  /** Starts the load at {@code at} of {@link System#nanoTime}; callable from anywhere. */
  public void begin(EncodedPrompts prompts, boolean ownEngine, long at) {
    onLoop(
        () -> {
          if (client != null && run == null) {
            run =
                new LaneRun(
                    task,
                    prompts,
                    ownEngine,
                    client,
                    System::nanoTime,
                    timers(),
                    reports,
                    finished);
            run.start(at);
          }
        });
  }

  /** Stops the load; what is in flight ends with that outcome. Callable from anywhere. */
  public void halt(Outcome inFlight) {
    onLoop(
        () -> {
          if (run != null) {
            run.stop(inFlight);
          }
        });
  }

  /** Starts no more; what is in flight ends by itself. Callable from anywhere. */
  public void startNoMore() {
    onLoop(
        () -> {
          if (run != null) {
            run.startNoMore();
          }
        });
  }

  /** Does nothing on a lane that never came up. */
  private void onLoop(Runnable action) {
    Context loop = context;
    if (loop != null) {
      loop.runOnContext(_ -> action.run());
    }
  }

  private Timers timers() {
    return (delayNanos, action) -> {
      Timer timer = vertx.timer(Math.max(1, delayNanos), TimeUnit.NANOSECONDS);
      timer.onSuccess(_ -> action.run());
      return timer::cancel;
    };
  }
}
