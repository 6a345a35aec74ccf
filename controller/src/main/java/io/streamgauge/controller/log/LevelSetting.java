package io.streamgauge.controller.log;

import io.streamgauge.controller.context.ContextFit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of the place where a level ran.
 *
 * @param sharedHost the target's host, where it is that of a load agent, too
 * @param backends how many the run measures, one after the other
 * @param engineCap the most requests that the engine serves at once, where that is known
 * @param context what it takes for a request beside what is asked for, where that is known
 * @param unverified whether anybody could have answered in the target's place
 * @param warmupFault what went wrong in the warm-up before it
 * @param ignoredProxy the variable of an agent's environment that names a proxy, which was not used
 * @param releases of agents that are of another one than the controller, by agent
 * @param made how prompts were made to length, where they were
 * @param replay what it sends of a trace, where it does
 * @param tokenizer the file that counted their tokens in the server's place, if one did
 */
public record LevelSetting(
    Optional<String> sharedHost,
    int backends,
    Optional<Integer> engineCap,
    Optional<ContextFit> context,
    boolean unverified,
    Optional<String> warmupFault,
    Optional<String> ignoredProxy,
    Map<String, String> releases,
    Optional<String> made,
    Optional<ReplayFacts> replay,
    Optional<String> tokenizer) {
  public static final LevelSetting UNKNOWN =
      new LevelSetting(Optional.empty(), 1, Optional.empty());

  public LevelSetting {
    releases = new TreeMap<>(releases);
  }

  /**
   * Of a target that is reached straight and proves who it is, or need not, and agents of one
   * release.
   */
  public LevelSetting(Optional<String> sharedHost, int backends, Optional<Integer> engineCap) {
    this(
        sharedHost,
        backends,
        engineCap,
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same, of a server whose context is known. */
  public LevelSetting with(ContextFit fit) {
    return new LevelSetting(
        sharedHost,
        backends,
        engineCap,
        Optional.of(fit),
        unverified,
        warmupFault,
        ignoredProxy,
        releases,
        made,
        replay,
        tokenizer);
  }
}
