package io.streamgauge.controller.run;

import java.nio.file.Path;

/**
 * Where a controller works.
 *
 * @param output the directory for results
 * @param insecureNetwork whether others can reach its cluster unprotected, as its owner chose
 */
public record Site(Path output, boolean insecureNetwork) {
  /** Where nobody else gets in. */
  public static Site secure(Path output) {
    return new Site(output, false);
  }
}
