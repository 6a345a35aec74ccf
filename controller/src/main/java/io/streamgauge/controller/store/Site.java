package io.streamgauge.controller.store;

import io.streamgauge.controller.telemetry.Collector;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a controller works.
 *
 * @param output the directory for results
 * @param insecureNetwork whether others can reach its cluster unprotected, as its owner chose
 * @param journaled whether its runs are to survive it, since its agents do
 * @param pages whether each run gets an HTML report beside its other files
 * @param collector that is told of each run when it is over, if one is
 * @param place where it is in its cluster, for people
 */
public record Site(
    Path output,
    boolean insecureNetwork,
    boolean journaled,
    boolean pages,
    Optional<Collector> collector,
    String place) {
  /** In one process with its agents: nobody else gets in, and nobody survives it. */
  public static Site embedded(Path output, boolean pages) {
    return embedded(output, pages, Optional.empty());
  }

  /** The same with a collector. */
  public static Site embedded(Path output, boolean pages, Optional<Collector> collector) {
    return new Site(output, false, false, pages, collector, "in this process");
  }
}
