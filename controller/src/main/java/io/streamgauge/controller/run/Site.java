package io.streamgauge.controller.run;

import java.nio.file.Path;

/**
 * Where a controller works.
 *
 * @param output the directory for results
 * @param insecureNetwork whether others can reach its cluster unprotected, as its owner chose
 * @param journaled whether its runs are to survive it, since its agents do
 */
public record Site(Path output, boolean insecureNetwork, boolean journaled) {
  /** In one process with its agents: nobody else gets in, and nobody survives it. */
  public static Site embedded(Path output) {
    return new Site(output, false, false);
  }
}
