package io.streamgauge.agent.stream.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseDecoderTest {
  private static final class Seen implements ResponseDecoder.Sink {
    private int status;
    private String type = "";
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private String end = "open";

    @Override
    public void head(ResponseHead head) {
      assertThat(body.size()).isZero();
      status = head.status();
      type = head.field("content-type");
    }

    @Override
    public void body(byte[] data, int offset, int length) {
      body.write(data, offset, length);
    }

    @Override
    public void end(boolean keepAlive) {
      end = keepAlive ? "kept" : "closing";
    }

    String text() {
      return "%d %s %s %s".formatted(status, type, body.toString(UTF_8), end);
    }
  }

  static Stream<Arguments> responses() {
    return Stream.of(
        arguments(
            "HTTP/1.1 200 OK\r\n"
                + "Content-Type: text/event-stream\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
                + "5\r\n"
                + "hello\r\n"
                + "6;x=y\r\n"
                + " wörl\r\n"
                + "1\r\n"
                + "d\r\n"
                + "0\r\n\r\n",
            "200 text/event-stream hello wörld kept"),
        arguments(
            "HTTP/1.1 200 OK\r\n"
                + "transfer-encoding: Chunked\r\n\r\n"
                + "A\r\n"
                + "0123456789\r\n"
                + "00\r\n"
                + "X-T: 1\r\n\r\n",
            "200  0123456789 kept"),
        arguments(
            "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno",
            "404  no closing"),
        arguments("HTTP/1.1 204 No Content\r\n\r\n", "204   kept"),
        arguments("HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n", "500   kept"),
        arguments("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", "200  x closing"),
        arguments(
            "HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 1\r\n\r\nx",
            "200  x kept"),
        arguments(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "200  ok kept"),
        arguments("HTTP/1.1 200 OK\nContent-Length: 2\n\nok", "200  ok kept"),
        arguments("HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok", "200  ok kept"));
  }

  @ParameterizedTest
  @MethodSource("responses")
  void aResponseIsReadTheSameHoweverItsBytesArrive(String response, String expected) {
    byte[] bytes = response.getBytes(UTF_8);
    for (int cut = 0; cut <= bytes.length; cut++) {
      Seen seen = new Seen();
      ResponseDecoder decoder = new ResponseDecoder(seen);
      decoder.expect();
      decoder.feed(bytes, 0, cut);
      decoder.feed(bytes, cut, bytes.length - cut);
      assertThat(seen.text()).isEqualTo(expected);
    }
    Seen seen = new Seen();
    ResponseDecoder decoder = new ResponseDecoder(seen);
    decoder.expect();
    for (int i = 0; i < bytes.length; i++) {
      decoder.feed(bytes, i, 1);
    }
    assertThat(seen.text()).isEqualTo(expected);
    assertThat(decoder.close()).isTrue();
  }

  @Test
  void aBodyWithoutALengthEndsWithTheConnection() {
    Seen seen = new Seen();
    ResponseDecoder decoder = new ResponseDecoder(seen);
    decoder.expect();
    byte[] bytes = "HTTP/1.1 200 OK\r\n\r\nall of it".getBytes(UTF_8);
    decoder.feed(bytes, 0, bytes.length);
    assertThat(seen.text()).isEqualTo("200  all of it open");

    assertThat(decoder.close()).isTrue();
    assertThat(seen.text()).isEqualTo("200  all of it closing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n"
      })
  void aConnectionThatClosesTooSoonLeavesTheResponseIncomplete(String beginning) {
    Seen seen = new Seen();
    ResponseDecoder decoder = new ResponseDecoder(seen);
    decoder.expect();
    byte[] bytes = beginning.getBytes(UTF_8);
    decoder.feed(bytes, 0, bytes.length);

    assertThat(decoder.close()).isFalse();
    assertThat(seen.end).isEqualTo("open");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH\r\n\r\n",
        "HTTP/2 200 OK\r\n\r\n",
        "HTTP/1.1 99 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffff\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxHTTP/1.1 200 OK\r\n"
      })
  void whatIsNoResponseIsRefused(String bytes) {
    ResponseDecoder decoder = new ResponseDecoder(new Seen());
    decoder.expect();
    byte[] all = bytes.getBytes(ISO_8859_1);

    assertThatThrownBy(() -> decoder.feed(all, 0, all.length))
        .isInstanceOf(MalformedResponseException.class)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aFloodOfHeaderFieldsIsRefusedBeforeItFillsTheMemory() {
    ResponseDecoder decoder = new ResponseDecoder(new Seen());
    decoder.expect();
    byte[] field = "X-Flood: 0123456789012345678901234567890123456789\r\n".getBytes(UTF_8);
    byte[] status = "HTTP/1.1 200 OK\r\n".getBytes(UTF_8);
    decoder.feed(status, 0, status.length);

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 1_000_000; i++) {
                decoder.feed(field, 0, field.length);
              }
            })
        .isInstanceOf(MalformedResponseException.class)
        .hasMessageContaining("64 KiB");
  }

  /** As when it comes byte by byte: a chunk that lies whole in a read is looked at by itself. */
  @Test
  void aChunkSizeOfTooManyDigitsIsRefusedInOneReadToo() {
    ResponseDecoder decoder = new ResponseDecoder(new Seen());
    decoder.expect();
    String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    byte[] all = (head + "0".repeat(5_000) + "5\r\nhello\r\n").getBytes(ISO_8859_1);

    assertThatThrownBy(() -> decoder.feed(all, 0, all.length))
        .isInstanceOf(MalformedResponseException.class)
        .hasMessageContaining("chunk-size line");
  }

  static Stream<Arguments> endless() {
    String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    return Stream.of(
        arguments("", "HTTP/1.1 100 Continue\r\n\r\n", "head of more than 64 KiB"),
        arguments(chunked, "0", "chunk-size line"),
        arguments(chunked + "5;", "x", "chunk-size line"));
  }

  @ParameterizedTest
  @MethodSource("endless")
  void whatGoesOnForEverInFrontOfABodyIsRefused(String beginning, String more, String problem) {
    ResponseDecoder decoder = new ResponseDecoder(new Seen());
    decoder.expect();
    byte[] start = beginning.getBytes(ISO_8859_1);
    byte[] again = more.repeat(1_000).getBytes(ISO_8859_1);
    decoder.feed(start, 0, start.length);

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                decoder.feed(again, 0, again.length);
              }
            })
        .isInstanceOf(MalformedResponseException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip, chunked", "xchunked", "chunked, gzip", "gzip"})
  void aCodingThatWasNotAskedForIsRefusedByName(String coding) {
    ResponseDecoder decoder = new ResponseDecoder(new Seen());
    decoder.expect();
    byte[] bytes =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: %s\r\n\r\n".formatted(coding).getBytes(ISO_8859_1);

    assertThatThrownBy(() -> decoder.feed(bytes, 0, bytes.length))
        .isInstanceOf(MalformedResponseException.class)
        .hasMessageContaining("expected chunked, got " + coding);
  }

  @Test
  void bytesOnAnIdleConnectionAreRefused() {
    ResponseDecoder decoder = new ResponseDecoder(new Seen());

    assertThatThrownBy(() -> decoder.feed(new byte[] {'x'}, 0, 1))
        .isInstanceOf(MalformedResponseException.class);
  }
}
