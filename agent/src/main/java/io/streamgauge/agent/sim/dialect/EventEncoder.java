package io.streamgauge.agent.sim.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.streamgauge.agent.sim.reply.InferenceRequest;
import io.streamgauge.agent.sim.reply.Vocabulary;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** The events of one stream; what does not change is encoded once. */
public abstract class EventEncoder {
  private static final byte[] NOTHING = {};

  final InferenceRequest request;
  final String lineEnd;
  private final byte[] beforeTokens;
  private final byte[] afterTokens;
  private final byte[] end;

  /** Around the tokens of an event stands the same text in all of a stream. */
  EventEncoder(InferenceRequest request, boolean crlf, String beforeTokens, String afterTokens) {
    this.request = request;
    this.lineEnd = lineEnd(crlf);
    this.beforeTokens = beforeTokens.getBytes(UTF_8);
    this.afterTokens = afterTokens.getBytes(UTF_8);
    this.end = ("}" + lineEnd + lineEnd).getBytes(UTF_8);
  }

  public static EventEncoder of(
      InferenceRequest request, String id, String model, long created, boolean crlf) {
    return switch (request.api()) {
      case CHAT, COMPLETIONS -> ChunkEncoder.open(request, id, model, created, crlf);
      case RESPONSES -> ResponsesEncoder.open(request, id, model, created, crlf);
      case MESSAGES -> MessagesEncoder.open(request, id, model, crlf);
      case EMBEDDINGS -> throw new IllegalStateException("embeddings are not streamed");
    };
  }

  /** What comes before the first token; {@code role} where an event of its own may tell it. */
  public abstract List<Buffer> opening(boolean role);

  /**
   * What comes after the last token; without {@code done} the stream's own last event is missing.
   */
  public abstract List<Buffer> closing(
      Vocabulary vocabulary, long textSeed, String reason, int tokens, boolean done);

  /** What tells that the engine failed. */
  public abstract List<Buffer> failing();

  /** An event whose JSON ends too early. */
  public abstract Buffer broken();

  /** Fields behind those of the tokens in an event that brings the answer to so many. */
  byte[] more(int tokens) {
    return NOTHING;
  }

  public final Buffer comment() {
    return block(": keep-alive");
  }

  /** Appends an event with the tokens {@code from} to {@code to}. */
  public final void appendTokens(
      Bytes out, Vocabulary vocabulary, long textSeed, int from, int to) {
    out.append(beforeTokens);
    for (int token = from; token < to; token++) {
      out.append(vocabulary.token(textSeed, token));
    }
    out.append(afterTokens).append(more(to)).append(end);
  }

  /** An event, or a comment, of this one line. */
  final Buffer block(String line) {
    return Buffer.buffer(line + lineEnd + lineEnd);
  }

  static String lineEnd(boolean crlf) {
    return crlf ? "\r\n" : "\n";
  }

  static String quote(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }
}
