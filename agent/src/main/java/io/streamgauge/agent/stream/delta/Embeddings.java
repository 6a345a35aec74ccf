package io.streamgauge.agent.stream.delta;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.stream.ErrorSigns;
import io.streamgauge.agent.stream.http.ErrorBody;
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
        boolean numbers = vector.path(0).isNumber();
        vectors += numbers || (vector.isTextual() && !vector.textValue().isEmpty()) ? 1 : 0;
      }
      Delta usage = new Delta();
      UsageTree.read(answer, usage);
      int total = answer.path("usage").path("total_tokens").asInt(0);
      int prompt = usage.promptTokens() > 0 ? usage.promptTokens() : total;
      return vectors == 0
          ? new Other("the answer holds no embedding: " + ErrorBody.of(body).message())
          : new Vectors(vectors, prompt > 0 ? prompt : RequestRecord.NONE);
    } catch (IOException _) {
      return new Other("no JSON where embeddings were expected: " + ErrorBody.of(body).message());
    }
  }
}
