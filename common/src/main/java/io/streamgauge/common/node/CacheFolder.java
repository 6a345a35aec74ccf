package io.streamgauge.common.node;

import io.streamgauge.common.files.UserFolder;
import java.nio.file.Path;
import java.util.Map;

/**
 * The user's folder for what can be made again: {@code STREAMGAUGE_CACHE}, {@code
 * XDG_CACHE_HOME/streamgauge} or {@code ~/.cache/streamgauge}.
 */
public final class CacheFolder {
  public static Path path() {
    return path(System.getenv(), UserFolder.home());
  }

  /** A variable that is empty is as one that is not there. */
  static Path path(Map<String, String> env, String home) {
    String own = env.getOrDefault("STREAMGAUGE_CACHE", "");
    String cache = env.getOrDefault("XDG_CACHE_HOME", "");
    return !own.isEmpty()
        ? Path.of(own)
        : !cache.isEmpty() ? Path.of(cache, "streamgauge") : Path.of(home, ".cache", "streamgauge");
  }

  private CacheFolder() {}
}
