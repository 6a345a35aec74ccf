package io.streamgauge.common.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The textual encoding of keys and certificates (RFC 7468). */
public final class Pem {
  public static final String PRIVATE_KEY = "PRIVATE KEY";
  public static final String PUBLIC_KEY = "PUBLIC KEY";
  private static final int LINE = 64;

  public static String encode(String label, byte[] der) {
    Base64.Encoder encoder = Base64.getMimeEncoder(LINE, new byte[] {'\n'});
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, encoder.encodeToString(der), label);
  }

  /** The first block with this label; empty if there is none that is well formed. */
  public static Optional<byte[]> decode(String label, byte[] text) {
    Matcher block =
        Pattern.compile(
                "-----BEGIN %s-----\\s([A-Za-z0-9+/=\\s]+)-----END %s-----".formatted(label, label))
            .matcher(new String(text, ISO_8859_1));
    if (!block.find()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64.getDecoder().decode(block.group(1).replaceAll("\\s", "")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Pem() {}
}
