package io.streamgauge.common.node;

import java.util.Objects;

/** The version of the tool, from the jar it runs from. */
public final class Version {
  public static final String TOOL =
      Objects.requireNonNullElse(
          Version.class.getPackage().getImplementationVersion(), "development");

  private Version() {}
}
