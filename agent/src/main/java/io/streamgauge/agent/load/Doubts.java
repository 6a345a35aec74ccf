package io.streamgauge.agent.load;

import io.streamgauge.agent.client.answer.Timeline;
import io.streamgauge.common.measure.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Requests to an engine of ours that broke off: they count as in flight for a moment longer, in
 * which the news may come that the engine has died. All on the lane's event loop.
 */
final class Doubts {
  /** The news comes within a second, over the controller. */
  private static final long HOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);

  private final Timers timers;
  private final Map<Timeline, Runnable> held = new LinkedHashMap<>();

  Doubts(Timers timers) {
    this.timers = timers;
  }

  int size() {
    return held.size();
  }

  long chunks() {
    return held.keySet().stream().mapToLong(Timeline::chunks).sum();
  }

  /** {@code decided} is called once it is clear what the request's outcome is. */
  void hold(Timeline timeline, Runnable decided) {
    held.put(timeline, decided);
    timers.after(HOLD_NANOS, () -> decide(timeline));
  }

  private void decide(Timeline timeline) {
    Runnable decided = held.remove(timeline);
    if (decided != null) {
      decided.run();
    }
  }

  /** The load is stopped for the reason that {@code inFlight} tells. */
  void end(Outcome inFlight) {
    for (Timeline timeline : List.copyOf(held.keySet())) {
      if (inFlight == Outcome.ENGINE_DIED) {
        timeline.engineDied();
      }
      decide(timeline);
    }
  }
}
