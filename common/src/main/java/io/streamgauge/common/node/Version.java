package io.streamgauge.common.node;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.jar.Manifest;

/** The version of the tool, from the jar it runs from. */
public final class Version {
  private static final String DEVELOPMENT = "development";

  public static final String TOOL =
      Objects.requireNonNullElse(
          Version.class.getPackage().getImplementationVersion(), DEVELOPMENT);

  private Version() {}

  /** Of a release its commit and that one's time. Reads the jar: blocks. */
  public static String build() throws IOException {
    try (InputStream manifest = Version.class.getResourceAsStream("/META-INF/MANIFEST.MF")) {
      return manifest == null
          ? DEVELOPMENT
          : Objects.requireNonNullElse(
              new Manifest(manifest).getMainAttributes().getValue("Streamgauge-Build"),
              DEVELOPMENT);
    }
  }
}
