package io.streamgauge.common.node;

import java.nio.file.Path;
import java.util.Map;

/**
 * The user's folder for what can be made again: {@code STREAMGAUGE_CACHE}, {@code
 * XDG_CACHE_HOME/streamgauge} or {@code ~/.cache/streamgauge}.
 */
public final class CacheFolder {
  public static Path path() {
    Map<String, String> env = System.getenv();
    return env.containsKey("STREAMGAUGE_CACHE")
        ? Path.of(env.get("STREAMGAUGE_CACHE"))
        : env.containsKey("XDG_CACHE_HOME")
            ? Path.of(env.get("XDG_CACHE_HOME"), "streamgauge")
            : Path.of(System.getProperty("user.home"), ".cache", "streamgauge");
  }

  private CacheFolder() {}
}
