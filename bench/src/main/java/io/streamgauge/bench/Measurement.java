package io.streamgauge.bench;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What one run of one client gave.
 *
 * @param reported what the client said, or what was measured of it
 * @param truth the same by the server's log
 * @param remarks what to know about this run
 */
record Measurement(
    Map<Quantity, Double> reported, Map<Quantity, Double> truth, List<String> remarks) {
  Measurement {
    reported = Map.copyOf(reported);
    truth = Map.copyOf(truth);
    remarks = List.copyOf(remarks);
  }

  Measurement withTruth(Quantity quantity, double value) {
    Map<Quantity, Double> more = new EnumMap<>(Quantity.class);
    more.putAll(truth);
    more.put(quantity, value);
    return new Measurement(reported, more, remarks);
  }

  /** Gathers readings; one that is not a number is no reading. */
  static final class Builder {
    private final Map<Quantity, Double> reported = new EnumMap<>(Quantity.class);
    private final Map<Quantity, Double> truth = new EnumMap<>(Quantity.class);

    Builder reported(Quantity quantity, double value) {
      if (Double.isFinite(value)) {
        reported.put(quantity, value);
      }
      return this;
    }

    Builder truth(Quantity quantity, double value) {
      if (Double.isFinite(value)) {
        truth.put(quantity, value);
      }
      return this;
    }

    Measurement build(List<String> remarks) {
      return new Measurement(reported, truth, remarks);
    }
  }
}
