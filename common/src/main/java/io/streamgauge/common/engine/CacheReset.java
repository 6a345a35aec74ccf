package io.streamgauge.common.engine;

/**
 * What became of the wish to empty an engine's prefix cache before a level.
 *
 * @param done whether the engine says that it is empty
 * @param how the call that did it, or why it was not possible
 */
public record CacheReset(boolean done, String how) {
  public CacheReset {
    if (how.isBlank()) {
      throw new IllegalArgumentException("how: blank, expected a call or a reason");
    }
  }

  public static CacheReset done(String call) {
    return new CacheReset(true, call);
  }

  public static CacheReset notPossible(String reason) {
    return new CacheReset(false, reason);
  }
}
