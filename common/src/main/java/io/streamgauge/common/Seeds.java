package io.streamgauge.common;

/** Independent seeds from one: each use of randomness names its purpose. */
public final class Seeds {
  /** A seed for {@code purpose} number {@code i}, mixed by SplitMix64's finaliser. */
  public static long derive(long seed, String purpose, long i) {
    return mix(mix(mix(seed) ^ purpose.hashCode()) ^ i);
  }

  private static long mix(long z) {
    z += 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private Seeds() {}
}
