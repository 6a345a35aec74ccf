package io.streamgauge.agent.stream.delta;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.measure.RequestRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddingsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 | 7 | {"data":[{"embedding":[0.1,-2e-3]}],"usage":{"prompt_tokens":7,"total_tokens":7}}
          2 | 7 | {"data":[{"embedding":[1]},{"embedding":[2]}],"usage":{"prompt_tokens":7}}
          1 |   | {"data":[{"embedding":"AACAPw=="}]}
          1 | 9 | {"data":[{"embedding":[1]}],"usage":{"total_tokens":9}}
          """)
  void vectorsAreCounted(int count, Long tokens, String body) {
    assertThat(Embeddings.of(body.getBytes(UTF_8)))
        .isEqualTo(new Embeddings.Vectors(count, tokens == null ? RequestRecord.NONE : tokens));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          too long | {"error":{"message":"too long"}}
          too long | {"detail":"too long"}
          too long | {"object":"error","message":"too long"}
          """)
  void anErrorIsToldInItsWords(String words, String body) {
    assertThat(Embeddings.of(body.getBytes(UTF_8))).isEqualTo(new Embeddings.Failed(words));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
              {"data":[]}
              {"data":[{"embedding":[]}]}
          {"data":[{"embedding":[null,null]}]}
              {"choices":[{"message":{"content":"hello"}}]}
              hello
          """)
  void whatHoldsNoVectorIsNoAnswer(String body) {
    assertThat(Embeddings.of(body.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            Embeddings.Other.class, other -> assertThat(other.words()).isNotBlank());
  }
}
