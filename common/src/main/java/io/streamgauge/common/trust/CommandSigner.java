package io.streamgauge.common.trust;

import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Signs the controller's commands. Safe for use by several threads. */
public final class CommandSigner {
  /** How long a command may be obeyed. */
  public static final Duration LIFE = Duration.ofSeconds(30);

  private static final SecureRandom RANDOM = new SecureRandom();

  private final PrivateKey key;
  private final Duration life;
  private final Optional<String> fingerprint;

  /** Agents that say which key they obey can be told that it is not this one. */
  public CommandSigner(ControllerKeys keys) {
    this(keys.privateKey(), LIFE, Optional.of(Fingerprint.of(keys.publicKey())));
  }

  public CommandSigner(PrivateKey key) {
    this(key, LIFE);
  }

  /** With another life, of at most {@link CommandVerifier#LONGEST_LIFE}. */
  public CommandSigner(PrivateKey key, Duration life) {
    this(key, life, Optional.empty());
  }

  private CommandSigner(PrivateKey key, Duration life, Optional<String> fingerprint) {
    if (!life.isPositive() || life.compareTo(CommandVerifier.LONGEST_LIFE) > 0) {
      throw new IllegalArgumentException("a command's life of " + life);
    }
    this.key = Ed25519.check(key);
    this.life = life;
    this.fingerprint = fingerprint;
  }

  /** Of the public key that agents must have, where it is known. */
  public Optional<String> fingerprint() {
    return fingerprint;
  }

  /**
   * Signs a command.
   *
   * @param agentId the name under which the agent checks it
   * @param body the command as JSON
   * @param now the time of the controller's clock
   */
  public SignedCommand sign(String runId, String agentId, byte[] body, Instant now) {
    byte[] random = new byte[SignedCommand.NONCE_LENGTH];
    RANDOM.nextBytes(random);
    Bytes nonce = Bytes.of(random);
    Bytes copy = Bytes.of(body);
    Instant expires = now.plus(life);
    byte[] message = SignedCommand.signedPart(runId, agentId, nonce, expires, copy);
    return new SignedCommand(
        runId, agentId, nonce, expires, copy, Bytes.of(Ed25519.sign(key, message)));
  }
}
