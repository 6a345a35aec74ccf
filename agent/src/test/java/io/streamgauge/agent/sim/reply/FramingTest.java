package io.streamgauge.agent.sim.reply;

import static io.streamgauge.agent.sim.Running.instant;
import static io.streamgauge.agent.sim.Running.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.agent.sim.Running;
import io.vertx.core.buffer.Buffer;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@ParameterizedClass(name = "epoll: {0}")
@ValueSource(booleans = {true, false})
class FramingTest {
  private static final int TOKENS = 40;

  @Parameter boolean epoll;

  @Test
  void anEventIsAChunk() throws IOException {
    List<byte[]> chunks = chunks(instant());

    assertThat(chunks).hasSize(1 + TOKENS + 1 + 1);
    assertThat(texts(chunks)).allMatch(text -> text.startsWith("data: ") && text.endsWith("\n\n"));
  }

  @Test
  void withoutRoleChunkTheFirstChunkHasAToken() throws IOException {
    List<byte[]> chunks = chunks(framed(Framing.PLAIN.withRoleChunk(false)));

    assertThat(chunks).hasSize(TOKENS + 1 + 1);
    assertThat(texts(chunks).getFirst()).contains("\"delta\":{\"content\":\"");
  }

  @Test
  void linesMayEndInCrLf() throws IOException {
    assertThat(texts(chunks(framed(Framing.PLAIN.withCrlf(true)))))
        .allMatch(text -> text.endsWith("\r\n\r\n"))
        .noneMatch(text -> text.replace("\r\n", "").contains("\n"));
  }

  @Test
  void aCommentMayComeFirst() throws IOException {
    assertThat(texts(chunks(framed(Framing.PLAIN.withKeepAliveComment(true)))))
        .startsWith(": keep-alive\n\n");
  }

  @Test
  void someTokenEventsMayShareAChunk() throws IOException {
    List<String> texts = texts(chunks(framed(Framing.PLAIN.withCoalesce(7))));

    assertThat(texts).hasSize(1 + 6 + 1 + 1);
    assertThat(texts.subList(1, 7))
        .extracting(text -> Running.events(text).size())
        .containsExactly(7, 7, 7, 7, 7, 5);
  }

  @Test
  void chunksMayCutEventsAndCharactersAnywhere() throws IOException {
    List<byte[]> whole = chunks(instant().withUtf8(true));
    List<byte[]> halves =
        chunks(instant().withUtf8(true).withFraming(Framing.PLAIN.withSplit(true)));

    assertThat(halves).hasSize(2 * whole.size()).noneMatch(half -> half.length == 0);
    assertThat(halves).anyMatch(half -> (half[0] & 0xC0) == 0x80);
    assertThat(withoutIds(join(halves))).isEqualTo(withoutIds(join(whole)));
  }

  @Test
  void multiByteTextIsValidJsonWithEscapes() throws IOException {
    String body = join(chunks(instant().withUtf8(true)));

    assertThat(body).contains("\\\"quoted\\\"", "\\n", "👩‍👩‍👧‍👦", "河流");
    assertThat(Running.events(body).subList(0, TOKENS))
        .allSatisfy(event -> assertThat(Running.json(event).isObject()).isTrue());
  }

  private static SimulationOptions framed(Framing framing) {
    return instant().withFraming(framing);
  }

  /** The chunks of HTTP's chunked coding as they were sent. */
  private List<byte[]> chunks(SimulationOptions options) throws IOException {
    try (Running engine = new Running(options, epoll);
        Socket socket = engine.raw("/v1/chat/completions", stream(TOKENS))) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      while (!line(in).isEmpty()) {}
      List<byte[]> chunks = new ArrayList<>();
      for (int size = size(in); size > 0; size = size(in)) {
        byte[] chunk = new byte[size];
        in.readFully(chunk);
        chunks.add(chunk);
        line(in);
      }
      return chunks;
    }
  }

  private static int size(DataInputStream in) throws IOException {
    return Integer.parseInt(line(in), 16);
  }

  private static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (char next = (char) in.readByte(); next != '\n'; next = (char) in.readByte()) {
      line.append(next);
    }
    return line.toString().strip();
  }

  private static List<String> texts(List<byte[]> chunks) {
    return chunks.stream().map(chunk -> new String(chunk, StandardCharsets.UTF_8)).toList();
  }

  private static String join(List<byte[]> chunks) {
    Buffer joined = Buffer.buffer();
    chunks.forEach(joined::appendBytes);
    return joined.toString(StandardCharsets.UTF_8);
  }

  private static String withoutIds(String body) {
    return body.lines()
        .map(line -> line.replaceAll("\"created\":\\d+", ""))
        .collect(Collectors.joining("\n"));
  }
}
