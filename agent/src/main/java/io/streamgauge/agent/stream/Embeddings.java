package io.streamgauge.agent.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.measure.RequestRecord;
import java.io.IOException;

/** What the body of an answer to a request for embeddings says. */
public sealed interface Embeddings {
  /**
   * So many vectors, each with something in it.
   *
   * @param promptTokens by the server's count, else {@link RequestRecord#NONE}
   */
  record Vectors(int count, long promptTokens) implements Embeddings {}

  /** An error, in the server's words. */
  record Failed(String words) implements Embeddings {}

  /** Anything else. */
  record Other(String words) implements Embeddings {}

  static Embeddings of(byte[] body) {
    try {
      JsonNode answer = StreamJson.parse(body, 0, body.length);
      if (ErrorSigns.inEvent(answer)) {
        return new Failed(ErrorBody.of(body).message());
      }
      int vectors = 0;
      for (JsonNode each : answer.path("data")) {
        JsonNode vector = each.path("embedding");
        vectors += !vector.isEmpty() || !vector.asText().isEmpty() ? 1 : 0;
      }
      Delta usage = new Delta();
      UsageTree.read(answer, usage);
      return vectors == 0
          ? new Other("the answer holds no embedding: " + ErrorBody.of(body).message())
          : new Vectors(
              vectors, usage.promptTokens() > 0 ? usage.promptTokens() : RequestRecord.NONE);
    } catch (IOException _) {
      return new Other("no JSON where embeddings were expected: " + ErrorBody.of(body).message());
    }
  }
}
