package io.streamgauge.agent.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an event says. Every claim is made of both readers. */
class DeltaReaderTest {
  @Test
  void aFinishReasonWithoutEndIsCut() {
    assertThat(FinishReasons.of("x".repeat(1 << 20))).hasSize(64).endsWith("…");
    assertThat(FinishReasons.of("custom_reason")).isEqualTo("custom_reason");
  }

  private static final List<DeltaReader> READERS =
      List.of(new ScanDeltaReader(), new JsonDeltaReader(), DeltaReader.create());

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          content   | {"choices":[{"delta":{"content":"a"}}]}
          content   | {"choices":[{"delta":{"content":"\\n"}}]}
          content   | {"choices":[{"delta":{"role":"assistant","content":"静"}}]}
          content   | {"choices":[{"delta":{"\\u0063ontent":"a"}}]}
          content   | {"choices":[{"text":" a","index":0}]}
          content   | {"choices":[{"delta":{"content":""}},{"delta":{"content":"b"}}]}
          content   | {"choices":[{"delta":{"content":"","content":"b"}}]}
          content   |  { "choices" : [ { "delta" : { "content" : "a" } } ] }
          reasoning | {"choices":[{"delta":{"reasoning":"a"}}]}
          reasoning | {"choices":[{"delta":{"reasoning_content":"a","content":null}}]}
          reasoning | {"choices":[{"delta":{"reasoning":"","reasoning_content":"a"}}]}
          tool call | {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c","function":{"name":"f","arguments":""}}]}}]}
          tool call | {"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\\"a"}}]}}]}
          tool call | {"choices":[{"delta":{"tool_calls":[{"index":0},{"function":{"name":"f"}}]}}]}
          tool call | {"choices":[{"delta":{"function_call":{"name":"f"}}}]}
          tool call | {"choices":[{"delta":{"function_call":{"arguments":"1"}}}]}
          refusal   | {"choices":[{"delta":{"refusal":"no"}}]}
          content, reasoning | {"choices":[{"delta":{"content":"a","reasoning":"b"}}]}
          """)
  void theseEventsBearTokens(String kinds, String event) {
    for (Delta delta : read(event)) {
      assertThat(delta.tokenBearing()).isTrue();
      assertThat(kinds(delta)).isEqualTo(kinds);
      assertThat(delta.roleOnly()).isFalse();
      assertThat(delta.malformed()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[DONE]",
        "{}",
        "{\"choices\":[]}",
        "{\"choices\":null}",
        "{\"choices\":{\"delta\":{\"content\":\"a\"}}}",
        "{\"choices\":[null,[],7,{}]}",
        "{\"choices\":[{\"delta\":null}]}",
        "{\"choices\":[{\"delta\":{\"content\":\"\"}}]}",
        "{\"choices\":[{\"delta\":{\"content\":null,\"reasoning\":null,\"refusal\":null}}]}",
        "{\"choices\":[{\"delta\":{\"content\":\"a\",\"content\":\"\"}}]}",
        "{\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"choices\":[]}",
        "{\"choices\":[{\"delta\":{\"content\":7}}]}",
        "{\"choices\":[{\"delta\":{\"content\":{\"content\":\"a\"}}}]}",
        "{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}",
        "{\"choices\":[{\"delta\":{\"tool_calls\":[]}}]}",
        "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"\","
            + "\"arguments\":\"\"}}]}}]}",
        "{\"choices\":[{\"delta\":{\"function_call\":null}}]}",
        "{\"choices\":[{\"text\":\"\",\"finish_reason\":\"length\"}]}",
        "{\"choices\":[{\"logprobs\":{\"content\":[{\"content\":\"a\",\"text\":\"a\"}]}}]}",
        "{\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}",
        "{\"content\":\"a\",\"text\":\"a\",\"delta\":{\"content\":\"a\"}}"
      })
  void theseEventsBearNone(String event) {
    for (Delta delta : read(event)) {
      assertThat(delta.tokenBearing()).isFalse();
      assertThat(delta.malformed()).isFalse();
    }
  }

  @Test
  void anOpeningEventIsToldByItsRole() {
    for (Delta delta :
        read("{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}")) {
      assertThat(delta.roleOnly()).isTrue();
    }
    for (Delta delta :
        read("{\"choices\":[{\"delta\":{\"role\":\"assistant\"},\"finish_reason\":\"stop\"}]}")) {
      assertThat(delta.roleOnly()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stop", "length", "tool_calls", "content_filter", "abort"})
  void knownFinishReasonsAreOneString(String reason) {
    for (String text :
        List.of(reason, "\\u%04x".formatted((int) reason.charAt(0)) + reason.substring(1))) {
      for (Delta delta :
          read("{\"choices\":[{\"text\":\"\",\"finish_reason\":\"" + text + "\"}]}")) {
        assertThat(delta.finishReason()).isSameAs(reason.intern());
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          eos_token | "eos_token"
          gr\u00f6\u00dfe     | "gr\u00f6\u00dfe"
                    | null
                    | ""
                    | 7
                    | {"type":"length"}
          """)
  void otherFinishReasonsAreTheServersText(String reason, String json) {
    for (Delta delta : read("{\"choices\":[{\"finish_reason\":" + json + "}]}")) {
      assertThat(delta.finishReason()).isEqualTo(reason);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          3  | 4  | -1 | -1 | {"prompt_tokens":3,"total_tokens":7,"completion_tokens":4}
          3  | 4  | 2  | 1  | {"prompt_tokens":3,"completion_tokens":4,"reasoning_tokens":9,"completion_tokens_details":{"reasoning_tokens":2},"prompt_tokens_details":{"cached_tokens":1,"audio_tokens":0}}
          3  | 4  | 9  | -1 | {"prompt_tokens":3,"completion_tokens":4,"reasoning_tokens":9,"completion_tokens_details":null,"prompt_tokens_details":null}
          5  | -1 | -1 | -1 | {"prompt_tokens":3,"prompt_tokens":5,"completion_tokens":null}
          0  | 2147483647 | -1 | -1 | {"prompt_tokens":0,"completion_tokens":2147483647}
          -1 | -1 | -1 | -1 | {"prompt_tokens":2147483648,"completion_tokens":1.0,"reasoning_tokens":9999999999}
          -1 | -1 | -1 | -1 | {"prompt_tokens":"3","completion_tokens":[4],"prompt_tokens_details":5}
          -1 | -1 | -1 | -1 | {"prompt_tokens":-3,"completion_tokens":123456789012345678901234567890}
          -1 | -1 | -1 | -1 | {}
          """)
  void usageIsReadWhereItIsGiven(
      int prompt, int completion, int reasoning, int cached, String usage) {
    for (Delta delta : read("{\"choices\":[],\"usage\":" + usage + "}")) {
      assertThat(delta.hasUsage()).isTrue();
      assertThat(delta.promptTokens()).isEqualTo(prompt);
      assertThat(delta.completionTokens()).isEqualTo(completion);
      assertThat(delta.reasoningTokens()).isEqualTo(reasoning);
      assertThat(delta.cachedTokens()).isEqualTo(cached);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"usage\":null}",
        "{\"usage\":[]}",
        "{\"usage\":{\"prompt_tokens\":1},\"usage\":null}"
      })
  void thisIsNoUsage(String event) {
    for (Delta delta : read(event)) {
      assertThat(delta.hasUsage()).isFalse();
      assertThat(delta.promptTokens()).isEqualTo(-1);
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          out of memory | {"error":{"message":"out of memory","type":"server_error","code":500}}
          overloaded    | {"error":"overloaded"}
          too long      | {"object":"error","message":"too long","code":400}
          too long      | {"message":"too long","obj\\u0065ct":"error"}
          server_error  | {"error":{"type":"server_error"}}
          {"error":{}}  | {"error":{}}
          {"error":true} | {"error":true}
          a b           | {"error":{"message":"a\\nb"},"choices":[{"delta":{"content":"c"}}]}
          """)
  void anErrorInTheStreamIsToldWithItsMessage(String message, String event) {
    for (Delta delta : read(event)) {
      assertThat(delta.error()).isEqualTo(message);
      assertThat(delta.malformed()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":null}",
        "{\"error\":\"\"}",
        "{\"error\":false}",
        "{\"object\":\"chat\"}"
      })
  void thisIsNoError(String event) {
    for (Delta delta : read(event)) {
      assertThat(delta.error()).isNull();
    }
  }

  @Test
  void theEndOfTheStreamIsTold() {
    for (String end : List.of("[DONE]", " [DONE] ")) {
      for (Delta delta : read(end)) {
        assertThat(delta.done()).isTrue();
        assertThat(delta.malformed()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "[DONE",
        "7",
        "null",
        "\"a\"",
        "ping",
        "{",
        "{\"choices\":[{\"delta\":{\"content\":\"a\"}}]",
        "{\"choices\":[{\"delta\":{\"content\":\"a\"}}]}}",
        "{\"choices\":[{\"delta\":{\"content\":\"a\"}}]} {}",
        "{\"choices\":[{\"delta\":{\"content\":\"a\"}},]}",
        "{\"choices\":[{\"delta\":{\"content\":\"a\",}}]}",
        "{\"choices\":[{\"delta\":{\"content\":\"a\tb\"}}]}",
        "{\"choices\":[{\"delta\":{\"content\":\"\\x\"}}]}",
        "{\"choices\":[{\"delta\":{\"content\":\"\\u00g0\"}}]}",
        "{'choices':[]}",
        "{\"choices\":[],\"created\":01}",
        "{\"choices\":[],\"created\":1.}",
        "{\"choices\":[],\"created\":-}",
        "{\"choices\":[],\"created\":1e}",
        "{\"choices\":[],\"created\":nul}",
        "{\"choices\":[] \"usage\":null}"
      })
  void aMalformedEventSaysWhatIsWrongAndNothingElse(String event) {
    for (Delta delta : read(event)) {
      assertThat(delta.malformed()).isTrue();
      assertThat(delta.problem()).isNotBlank();
      assertThat(delta.tokenBearing()).isFalse();
    }
  }

  @Test
  void aDeltaForgetsTheEventBefore() {
    for (DeltaReader reader : READERS) {
      Delta delta = new Delta();
      String fresh = delta.toString();
      for (String event :
          List.of(
              "{\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}],\"usage\":{}}",
              "{\"error\":\"x\"}",
              "nonsense",
              "[DONE]")) {
        read(reader, event, delta);
        assertThat(delta.toString()).isNotEqualTo(fresh);
        read(reader, "{}", delta);
        assertThat(delta).hasToString(fresh);
      }
    }
  }

  @Test
  void theTextCanBeReadAgain() {
    StringBuilder answer = new StringBuilder();
    StringBuilder reasoning = new StringBuilder();
    for (String event :
        List.of(
            "{\"choices\":[{\"delta\":{\"reasoning\":\"hm\"}}]}",
            "{\"choices\":[{\"delta\":{\"content\":\"\\u0061\\n\"}},{\"text\":\"静\"}]}",
            "{\"choices\":[{\"delta\":{\"content\":null}}]}",
            "{\"choices\":[]}",
            "[DONE]")) {
      byte[] bytes = event.getBytes(UTF_8);
      DeltaText.append(bytes, 0, bytes.length, answer, reasoning);
    }
    assertThat(answer).hasToString("a\n静");
    assertThat(reasoning).hasToString("hm");
    assertThatThrownBy(() -> DeltaText.append(new byte[] {'{'}, 0, 1, answer, reasoning))
        .isInstanceOf(UncheckedIOException.class);
  }

  private static List<Delta> read(String event) {
    return READERS.stream()
        .map(
            reader -> {
              Delta delta = new Delta();
              read(reader, event, delta);
              return delta;
            })
        .toList();
  }

  /** As a slice of a larger array, whose rest must not matter. */
  private static void read(DeltaReader reader, String event, Delta delta) {
    byte[] bytes = ("{\"" + event + "\"}").getBytes(UTF_8);
    reader.read(bytes, 2, bytes.length - 4, delta);
  }

  private static String kinds(Delta delta) {
    StringBuilder kinds = new StringBuilder();
    kinds.append(delta.content() ? ", content" : "");
    kinds.append(delta.reasoning() ? ", reasoning" : "");
    kinds.append(delta.toolCall() ? ", tool call" : "");
    kinds.append(delta.refusal() ? ", refusal" : "");
    return kinds.substring(2);
  }

  /** Else it would be UTF-32, and what is wrong with it would depend on where a read began. */
  @Test
  void anEventIsUtf8WhateverItsFirstBytesResemble() {
    byte[] event = {1, 0, 0, 0, 0, 0, 0, 13, '{', '}'};
    Delta delta = new Delta();
    new JsonDeltaReader().read(event, 0, event.length, delta);

    assertThat(delta.problem()).contains("CTRL-CHAR").doesNotContain("UTF-32");
  }
}
