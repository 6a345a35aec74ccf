package io.streamgauge.common.trust;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.common.PlanException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * What a server keeps of a bearer token: its SHA-256. A plain hash suffices because the token is
 * random and long: there is nothing to guess that a slow hash would slow down.
 */
public final class BearerToken {
  private static final String PREFIX = "sha256:";
  private static final String HASH = PREFIX + "[0-9a-f]{64}";

  private final byte[] hash;

  private BearerToken(byte[] hash) {
    this.hash = hash;
  }

  /**
   * Of a token in the clear.
   *
   * @throws PlanException if it is too weak
   */
  public static BearerToken of(String token) {
    return new BearerToken(digest(TokenText.check("token", token)));
  }

  /** The text to keep in a file instead of the token: {@code sha256:} and 64 hexadecimal digits. */
  public static String hash(String token) {
    return of(token).hash();
  }

  /**
   * From a file that only its owner can read and that holds the token or its {@link #hash}.
   *
   * @throws PlanException if the file cannot be read, others can read it, or the token is too weak
   */
  public static BearerToken fromFile(Path file) {
    String line = TokenText.line(file);
    return line.matches(HASH)
        ? new BearerToken(HexFormat.of().parseHex(line.substring(PREFIX.length())))
        : of(TokenText.check("token-file", line));
  }

  /** Whether it is this token; takes as long whether or where it differs. */
  public boolean matches(String presented) {
    return MessageDigest.isEqual(hash, digest(presented));
  }

  public String hash() {
    return PREFIX + HexFormat.of().formatHex(hash);
  }

  @Override
  public String toString() {
    return "BearerToken";
  }

  private static byte[] digest(String token) {
    return SignedCommand.sha256(token.getBytes(UTF_8));
  }
}
