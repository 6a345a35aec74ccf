package io.streamgauge.agent.stream.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.agent.stream.OneLine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** Content codings, as far as the words of an error need them: none is ever asked for. */
public final class Codings {
  private static final int MOST = 1 << 16;

  /** The beginning of the body; of a coding that is not known, its name. */
  public static byte[] decoded(byte[] body, String coding) {
    String name = coding.strip().toLowerCase(Locale.ROOT);
    if (name.isEmpty() || name.equals("identity") || body.length == 0) {
      return body;
    }
    try (InputStream plain = stream(new ByteArrayInputStream(body), name)) {
      return plain.readNBytes(MOST);
    } catch (IOException _) {
      return "a body of %d bytes in the coding %s"
          .formatted(body.length, OneLine.of(name, 40))
          .getBytes(UTF_8);
    }
  }

  private static InputStream stream(InputStream body, String coding) throws IOException {
    return switch (coding) {
      case "gzip", "x-gzip" -> new GZIPInputStream(body);
      case "deflate" -> new InflaterInputStream(body);
      default -> throw new IOException("not known");
    };
  }

  private Codings() {}
}
