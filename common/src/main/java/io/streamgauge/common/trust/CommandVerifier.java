package io.streamgauge.common.trust;

import io.streamgauge.common.json.Durations;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;

/**
 * Checks commands against the controller's public key. Safe for use by several threads.
 *
 * <p>It remembers what it has seen in memory only. An agent that can be restarted within a
 * command's life should be addressed by a name that is new at each start: a command to its former
 * self is then foreign.
 */
public final class CommandVerifier {
  /** The longest time that a command may have to live: bounds how long nonces are remembered. */
  public static final Duration LONGEST_LIFE = Duration.ofMinutes(5);

  /** How far the clocks of two hosts may differ unless said otherwise. */
  public static final Duration SKEW = Duration.ofSeconds(30);

  private static final int MOST_NONCES = 100_000;

  private final PublicKey key;
  private final String agentId;
  private final Duration skew;
  private final Nonces nonces;

  public CommandVerifier(PublicKey key, String agentId) {
    this(key, agentId, SKEW);
  }

  /**
   * With another skew.
   *
   * @param skew how far this host's clock may be ahead of the controller's, or behind it, without
   *     harm: a command is obeyed until so long after its expiry, and remembered as long. A replay
   *     never succeeds whatever the clocks say; a larger skew only lets a command that was held up
   *     be obeyed later.
   */
  public CommandVerifier(PublicKey key, String agentId, Duration skew) {
    this(key, agentId, skew, MOST_NONCES);
  }

  CommandVerifier(PublicKey key, String agentId, Duration skew, int mostNonces) {
    if (skew.isNegative()) {
      throw new IllegalArgumentException("a skew of " + skew);
    }
    this.key = Ed25519.check(key);
    this.agentId = agentId;
    this.skew = skew;
    this.nonces = new Nonces(skew, mostNonces);
  }

  /**
   * Judges a command; one that is genuine is so only once.
   *
   * @param now the time of this host's clock
   */
  public synchronized Verdict verify(SignedCommand command, Instant now) {
    if (!Ed25519.verify(key, command.signedPart(), command.signature().toArray())) {
      return new Verdict.Forged(
          "the command is not signed with the key of this agent's controller, or was changed");
    }
    if (!command.agent().equals(agentId)) {
      return new Verdict.Foreign(
          "the command is for agent %s, this is %s".formatted(command.agent(), agentId));
    }
    if (now.minus(skew).isAfter(command.expires())) {
      return new Verdict.Expired(
          "the command expired %s ago by this host's clock, which may differ by %s"
              .formatted(text(Duration.between(command.expires(), now)), Durations.format(skew)));
    }
    if (command.expires().isAfter(now.plus(LONGEST_LIFE).plus(skew))) {
      return new Verdict.Expired(
          "the command would live for another %s by this host's clock, more than %s"
              .formatted(
                  text(Duration.between(now, command.expires())),
                  Durations.format(LONGEST_LIFE.plus(skew))));
    }
    if (!nonces.add(command, now)) {
      return new Verdict.Replayed("the command was seen before, or too many were to tell");
    }
    return new Verdict.Genuine(command.runId(), command.body());
  }

  private static String text(Duration duration) {
    return duration.toSeconds() + " s";
  }

  synchronized int remembered() {
    return nonces.size();
  }
}
