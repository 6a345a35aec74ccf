package io.streamgauge.controller.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** A text that is used as it ships, by its absolute path in the jar. */
public final class Shipped {
  public static String text(String path) {
    try (InputStream in = Objects.requireNonNull(Shipped.class.getResourceAsStream(path), path)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Shipped() {}
}
