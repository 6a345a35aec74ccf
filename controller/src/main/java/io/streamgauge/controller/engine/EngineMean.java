package io.streamgauge.controller.engine;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.streamgauge.common.engine.EngineQuantity;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A latency's mean by the server's own histogram beside the client's. The two are of the same
 * events, and so compared, only where their counts agree within 10 %.
 *
 * @param count of the server's values in the level
 * @param clientMeanMs absent where the client knows none
 * @param offPct client less server, of the server's, in percent; absent where not compared
 */
public record EngineMean(
    long count,
    double meanMs,
    long clientCount,
    Optional<Double> clientMeanMs,
    Optional<Double> offPct) {
  private static final double AGREE = 0.1;
  private static final double MILLI = 1e3;
  private static final double PERCENT = 100;
  private static final double PRECISION = 1e6;

  /** Empty where the server counted nothing. */
  static Optional<EngineMean> of(
      Map<EngineQuantity, Double> growth,
      EngineQuantity sum,
      EngineQuantity count,
      ClientMean client) {
    Double seconds = growth.get(sum);
    Double events = growth.get(count);
    if (seconds == null || events == null || events < 1) {
      return Optional.empty();
    }
    double mean = seconds / events * MILLI;
    boolean same = Math.abs(client.count() - events) <= AGREE * events;
    Double known = client.meanMs();
    return Optional.of(
        new EngineMean(
            Math.round(events),
            rounded(mean),
            client.count(),
            Optional.ofNullable(known),
            known != null && same && mean > 0
                ? Optional.of(rounded((known - mean) / mean * PERCENT))
                : Optional.empty()));
  }

  /** Whether the two are more than 10 % apart. */
  @JsonIgnore
  public boolean disagrees() {
    return offPct.map(off -> Math.abs(off) > AGREE * PERCENT).orElse(false);
  }

  private static double rounded(double value) {
    return Math.round(value * PRECISION) / PRECISION;
  }

  /** The client's own; the mean in ms is null where nothing was measured. */
  public record ClientMean(long count, @Nullable Double meanMs) {}
}
