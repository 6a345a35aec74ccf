package io.streamgauge.agent.sim.reply;

import java.util.SplittableRandom;

/** Independent random streams from one seed: each is named by numbers of its own. */
public final class AnswerSeeds {
  public static final long LENGTH = 1;
  public static final long TEXT = 2;
  public static final long GAPS = 3;
  public static final long FAULTS = 4;
  public static final long CUTS = 5;

  public static SplittableRandom random(long seed, long... names) {
    return new SplittableRandom(mix(seed, names));
  }

  /** As with one name, without an array for it. */
  static long mix(long seed, long name) {
    return scramble(scramble(seed) + name);
  }

  public static long mix(long seed, long... names) {
    long mixed = scramble(seed);
    for (long name : names) {
      mixed = scramble(mixed + name);
    }
    return mixed;
  }

  /** FNV-1a over the characters: the same on every machine and run. */
  static long hash(String text) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
    }
    return hash;
  }

  /** The step and finaliser of SplitMix64. */
  private static long scramble(long value) {
    long mixed = value + 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  private AnswerSeeds() {}
}
