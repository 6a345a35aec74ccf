package io.streamgauge.common.trust;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.files.PrivateFile;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** A bearer token in the clear, as a client sends it. */
public final class TokenText {
  static final int SHORTEST = 24;
  private static final int LONGEST = 512;
  private static final int FEWEST_KINDS = 8;
  private static final int RANDOM_BYTES = 32;
  private static final String EXPECTED =
      "%d to %d visible ASCII characters without white space, at least %d of them different, from a good random source"
          .formatted(SHORTEST, LONGEST, FEWEST_KINDS);

  /** A new one that nobody can guess, of letters that an address may have. */
  public static String random() {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /**
   * The token in a file that only its owner can read; one line end after it is not part of it.
   *
   * @throws PlanException if the file cannot be read, others can read it, or the token is too weak
   */
  public static String fromFile(Path file) {
    return check("token-file", line(file));
  }

  static String line(Path file) {
    return new String(PrivateFile.read("token-file", file), UTF_8).replaceFirst("\\r?\\n\\z", "");
  }

  /** The token itself never gets into a message. */
  static String check(String field, String token) {
    boolean visible = token.chars().allMatch(c -> c > ' ' && c <= '~');
    if (!visible
        || token.length() < SHORTEST
        || token.length() > LONGEST
        || token.chars().distinct().count() < FEWEST_KINDS) {
      throw new PlanException(
          field, "(a token of %d characters)".formatted(token.length()), EXPECTED);
    }
    return token;
  }

  private TokenText() {}
}
