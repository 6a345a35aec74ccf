package io.streamgauge.controller.result.window;

import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Load;
import io.streamgauge.common.plan.load.OpenLoop;
import java.util.Optional;

/** The rate that a plan asks for. */
public final class AskedRate {
  /** Requests per second, of a ramp on average; none in a closed loop. */
  public static Optional<Double> of(Load load) {
    return switch (load) {
      case ClosedLoop _ -> Optional.empty();
      case OpenLoop open ->
          Optional.of(
              switch (open.arrival()) {
                case Arrival.Constant _, Arrival.Poisson _, Arrival.Gamma _, Arrival.Replay _ ->
                    open.rate();
                case Arrival.Ramp(double to) -> (open.rate() + to) / 2;
                case Arrival.Trace trace -> throw trace.unread();
              });
    };
  }

  private AskedRate() {}
}
