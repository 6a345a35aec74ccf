package io.streamgauge.agent.sim.dialect;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.streamgauge.agent.sim.Vocabulary;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** The events of one stream; what does not change is encoded once. */
public interface EventEncoder {
  static EventEncoder of(
      InferenceRequest request, String id, String model, long created, boolean crlf) {
    return switch (request.api()) {
      case CHAT, COMPLETIONS -> new ChunkEncoder(request, id, model, created, crlf);
      case RESPONSES -> new ResponsesEncoder(request, id, model, created, crlf);
      case MESSAGES -> new MessagesEncoder(request, id, model, crlf);
      case EMBEDDINGS -> throw new IllegalStateException("embeddings are not streamed");
    };
  }

  Buffer comment();

  /** What comes before the first token; {@code role} where an event of its own may tell it. */
  List<Buffer> opening(boolean role);

  /** Appends an event with the tokens {@code from} to {@code to}. */
  void appendTokens(Buffer out, Vocabulary vocabulary, long textSeed, int from, int to);

  /**
   * What comes after the last token; without {@code done} the stream's own last event is missing.
   */
  List<Buffer> closing(
      Vocabulary vocabulary, long textSeed, String reason, int tokens, boolean done);

  /** What tells that the engine failed. */
  List<Buffer> failing();

  /** An event whose JSON ends too early. */
  Buffer broken();

  static String quote(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }
}
