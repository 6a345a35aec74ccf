package io.streamgauge.agent.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamgauge.common.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The recorded answers of real engines among the test resources. */
public final class Captures {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PAUSE = "\r\n\r\n";

  /** What a streamed answer says in all, as an independent reading of it found. */
  record Expected(
      int events,
      int comments,
      int tokenEvents,
      int roleEvents,
      String answer,
      String reasoning,
      @Nullable String finishReason,
      int usageEvents,
      int promptTokens,
      int completionTokens,
      int reasoningTokens,
      int cachedTokens,
      boolean done) {}

  /** Of every recorded answer, streamed or not. */
  public static List<String> names() {
    Path folder = Path.of(URI.create(String.valueOf(Captures.class.getResource("/captures"))));
    try (Stream<Path> files = Files.walk(folder, 2)) {
      return files
          .map(file -> folder.relativize(file).toString())
          .filter(name -> name.endsWith(".response.txt") || isRaw(name))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, Expected> streamed() {
    try {
      return Json.MAPPER.readValue(bytes("expected.json"), new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean isRaw(String name) {
    return name.endsWith(".jsonl");
  }

  /** The body of a response, free of framing. */
  public static byte[] body(String name) {
    if (isRaw(name)) {
      return join(bodyReads(name));
    }
    byte[] response = bytes(name);
    int head = new String(response, ISO_8859_1).indexOf(PAUSE);
    return Arrays.copyOfRange(response, head + PAUSE.length(), response.length);
  }

  /** The whole response, head and framing included. */
  static byte[] response(String name) {
    if (!isRaw(name)) {
      return bytes(name);
    }
    return join(new String(bytes(name), UTF_8).lines().map(Captures::read).toList());
  }

  /** The whole response with the framing that its head tells of. */
  public static byte[] framed(String name) {
    byte[] response = response(name);
    if (isRaw(name)) {
      return response;
    }
    String text = new String(response, ISO_8859_1);
    int bodyAt = text.indexOf(PAUSE) + PAUSE.length();
    String body = text.substring(bodyAt);
    StringBuilder framed = new StringBuilder();
    if (text.substring(0, bodyAt).toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked")) {
      framed.append(text, 0, bodyAt);
      for (String event : body.split("(?<=\n\n)")) {
        framed.append(Integer.toHexString(event.length())).append("\r\n");
        framed.append(event).append("\r\n");
      }
      framed.append("0\r\n\r\n");
    } else {
      // Where a path in a message was shortened, the recorded length is of before.
      framed.append(
          text.substring(0, bodyAt)
              .replaceFirst("(?i)content-length: *\\d+", "Content-Length: " + body.length()));
      framed.append(body);
    }
    return framed.toString().getBytes(ISO_8859_1);
  }

  public static int status(String name) {
    return Integer.parseInt(new String(bytes(name), UTF_8).split(" ", 3)[1]);
  }

  static String contentType(String name) {
    return new String(bytes(name), ISO_8859_1)
        .lines()
        .filter(line -> line.regionMatches(true, 0, "content-type:", 0, 13))
        .findFirst()
        .orElseThrow()
        .substring(13)
        .strip();
  }

  /** The parts of the body in which an HTTP client meets them. */
  static List<byte[]> bodyReads(String name) {
    List<byte[]> parts = new ArrayList<>();
    RawHttp http = new RawHttp(parts::add);
    new String(bytes(name), UTF_8).lines().forEach(line -> http.feed(read(line)));
    if (!http.ended()) {
      throw new IllegalStateException(name + " has no last chunk");
    }
    return parts;
  }

  /** The payloads of all events, cut out by plain means. */
  static List<byte[]> payloads(byte[] body) {
    List<byte[]> payloads = new ArrayList<>();
    for (String block : new String(body, ISO_8859_1).split("\n\n")) {
      if (block.startsWith("data: ")) {
        payloads.add(block.substring("data: ".length()).getBytes(ISO_8859_1));
      }
    }
    return payloads;
  }

  static byte[] join(List<byte[]> parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    parts.forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static byte[] read(String line) {
    try {
      JsonNode read = JSON.readTree(line);
      byte[] data = unescape(read.path("data").textValue());
      if (data.length != read.path("n").intValue()) {
        throw new IllegalStateException("read of " + data.length + " bytes: " + line);
      }
      return data;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A lone surrogate U+DC80 to U+DCFF stands for the byte 80 to FF. */
  private static byte[] unescape(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    text.codePoints()
        .forEach(
            point -> {
              if (point >= 0xDC80 && point <= 0xDCFF) {
                bytes.write(point);
              } else {
                bytes.writeBytes(Character.toString(point).getBytes(UTF_8));
              }
            });
    return bytes.toByteArray();
  }

  private static byte[] bytes(String name) {
    try (InputStream in = Captures.class.getResourceAsStream("/captures/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Captures() {}
}
