package io.streamgauge.agent.stream.delta;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamgauge.agent.stream.scan.ScanDeltaReader;
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
      List.of(new ScanDeltaReader(), new JsonDeltaReader());

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
          content   | {"choices":{"delta":{"content":"a"}}}
          content   | {"choices":[{"delta":{"content":{"content":"a"}}}]}
          content   | {"choices":[{"delta":{"content":[{"type":"text","text":" w"}]}}]}
          content   | {"choices":[{"delta":{"content":["a"]}}]}
          content   | {"choices":[{"delta":{"content":"a\tb"}}]}
          content   | {"choices":[{"message":{"role":"assistant","content":"a"}}]}
          content   | {"choices":[{"delta":null,"message":{"content":"a"}}]}
          content   | {"choices":[{"delta":{"content":"a"},"message":{"reasoning":"so far"}}]}
          content   | {"choices":[{"delta":{"content":"a"}}],"p":NaN,"q":[Infinity,-Infinity]}
          content   | {"choices":[{"delta":{"audio":{"id":"x","transcript":"a","data":"AAAA"}}}]}
          content   | {"content":"a","text":"a","delta":{"content":"a"}}
          content   | {"candidates":[{"content":{"parts":[{"text":"a"}],"role":"model"}}]}
          content   | {"type":"response.output_text.delta","delta":"a","sequence_number":4}
          content   | {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"}}
          reasoning | {"choices":[{"delta":{"thinking":"a"}}]}
          reasoning | {"choices":[{"delta":{"content":"","reasoning_details":[{"type":"reasoning.text","text":"a","format":"f"}]}}]}
          reasoning | {"choices":[{"delta":{"reasoning_details":[{"type":"reasoning.summary","summary":"a"}]}}]}
          reasoning | {"choices":[{"delta":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"h"}]}]}}]}
          reasoning | {"choices":[{"delta":{"thinking_blocks":[{"type":"thinking","thinking":"a","signature":"s"}]}}]}
          reasoning | {"choices":[{"delta":{"reasoning":{"content":"a"}}}]}
          reasoning | {"choices":[{"delta":{"thought":"a"}}]}
          reasoning | {"type":"response.reasoning_text.delta","delta":"a"}
          reasoning | {"type":"response.reasoning_summary_text.delta","delta":"a"}
          reasoning | {"type":"content_block_delta","delta":{"type":"thinking_delta","thinking":"a"}}
          content, reasoning | {"choices":[{"delta":{"content":[{"type":"text","text":"a"},{"type":"reasoning","text":"b"}]}}]}
          tool call | {"choices":[{"delta":{"content":[{"type":"tool_use","name":"f","input":{}}]}}]}
          tool call | {"type":"response.function_call_arguments.delta","delta":"{\\"a"}
          tool call | {"type":"content_block_start","content_block":{"type":"tool_use","id":"t","name":"f","input":{}}}
          tool call | {"type":"content_block_delta","delta":{"type":"input_json_delta","partial_json":"{"}}
          refusal   | {"type":"response.refusal.delta","delta":"no"}
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
        "{\"choices\":[null,[],7,{}]}",
        "{\"choices\":[{\"delta\":null}]}",
        "{\"choices\":[{\"delta\":{\"content\":\"\"}}]}",
        "{\"choices\":[{\"delta\":{\"content\":null,\"reasoning\":null,\"refusal\":null}}]}",
        "{\"choices\":[{\"delta\":{\"content\":\"a\",\"content\":\"\"}}]}",
        "{\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"choices\":[]}",
        "{\"choices\":[{\"delta\":{\"content\":7}}]}",
        "{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}",
        "{\"choices\":[{\"delta\":{\"tool_calls\":[]}}]}",
        "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"\","
            + "\"arguments\":\"\"}}]}}]}",
        "{\"choices\":[{\"delta\":{\"function_call\":null}}]}",
        "{\"choices\":[{\"text\":\"\",\"finish_reason\":\"length\"}]}",
        "{\"choices\":[{\"logprobs\":{\"content\":[{\"content\":\"a\",\"text\":\"a\"}]}}]}",
        "{\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}",
        "{\"choices\":[{\"delta\":{},\"message\":{\"content\":\"the whole answer\"}}]}",
        "{\"choices\":[{\"delta\":{\"content\":[]}}]}",
        "{\"choices\":[{\"delta\":{\"content\":[{\"type\":\"text\",\"text\":\"\"}]}}]}",
        "{\"choices\":[{\"delta\":{\"reasoning_details\":[{\"type\":\"reasoning.encrypted\",\"data\":\"x\"}]}}]}",
        "{\"choices\":[{\"content_filter_results\":{\"hate\":{\"severity\":\"safe\"}},\"delta\":{}}]}",
        "{\"choices\":[],\"prompt_filter_results\":[{\"content_filter_results\":{}}]}",
        "{\"type\":\"response.output_text.done\",\"text\":\"the whole answer\"}",
        "{\"type\":\"response.content_part.done\",\"part\":{\"text\":\"the whole answer\"}}",
        "{\"type\":\"content_block_start\",\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
        "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"signature_delta\",\"signature\":\"x\"}}",
        "{\"type\":\"message_start\",\"message\":{\"role\":\"assistant\",\"content\":[]}}"
      })
  void theseEventsBearNone(String event) {
    for (Delta delta : read(event)) {
      assertThat(delta.tokenBearing()).isFalse();
      assertThat(delta.malformed()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "error, true",
    "internal_error, true",
    "aborted, true",
    "cancelled, true",
    "load_shed, true",
    "timed_out, true",
    "insufficient_system_resource, true",
    "MALFORMED_FUNCTION_CALL, true",
    "stop, false",
    "length, false",
    "finished, false",
    "eos_token, false",
    "content_filter, false",
    "max_tokens, false",
    "function_call, false",
  })
  void someFinishReasonsSayThatTheServerCouldNotGoOn(String reason, boolean failure) {
    assertThat(FinishReasons.isFailure(reason)).isEqualTo(failure);
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
          -1 | 1  | -1 | -1 | {"prompt_tokens":2147483648,"completion_tokens":1.0,"reasoning_tokens":9999999999}
          3  | -1 | -1 | -1 | {"prompt_tokens":"3","completion_tokens":[4],"prompt_tokens_details":5}
          -1 | -1 | -1 | -1 | {"prompt_tokens":1.5,"completion_tokens":NaN,"reasoning_tokens":"many"}
          3  | 4  | 2  | 1  | {"input_tokens":3,"output_tokens":4,"output_tokens_details":{"reasoning_tokens":2},"input_tokens_details":{"cached_tokens":1}}
          9  | 4  | -1 | 5  | {"input_tokens":3,"cache_read_input_tokens":5,"cache_creation_input_tokens":1,"output_tokens":4}
          3  | 4  | -1 | 2  | {"prompt_tokens":3,"completion_tokens":4,"prompt_cache_hit_tokens":2}
          9  | 4  | -1 | 5  | {"prompt_tokens":9,"completion_tokens":4,"cache_read_input_tokens":5,"cache_creation_input_tokens":1}
          3  | 4  | 0  | -1 | {"prompt_tokens":3,"completion_tokens":4,"total_tokens":16,"completion_tokens_details":{"reasoning_tokens":9}}
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
        "{\"choices\":[],\"x_groq\":{\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}}",
        "{\"choices\":[{\"delta\":{},\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}]}",
        "{\"type\":\"response.completed\",\"response\":{\"usage\":{\"input_tokens\":3,\"output_tokens\":4}}}",
        "{\"type\":\"message_delta\",\"delta\":{},\"usage\":{\"input_tokens\":3,\"output_tokens\":4}}",
        "{\"usageMetadata\":{\"promptTokenCount\":3,\"candidatesTokenCount\":4}}"
      })
  void usageIsFoundWhereItIsPut(String event) {
    for (Delta delta : read(event)) {
      assertThat(delta.promptTokens()).isEqualTo(3);
      assertThat(delta.completionTokens()).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          stop       | message_delta       | "delta":{"stop_reason":"end_turn"}
          length     | message_delta       | "delta":{"stop_reason":"max_tokens"}
          tool_calls | message_delta       | "delta":{"stop_reason":"tool_use"}
          stop       | response.completed  | "response":{"status":"completed"}
          length     | response.incomplete | "response":{"incomplete_details":{"reason":"max_output_tokens"}}
          """)
  void typedEventsFinishInTheWordsOfTheChatApi(String reason, String type, String rest) {
    for (Delta delta : read("{\"type\":\"%s\",%s}".formatted(type, rest))) {
      assertThat(delta.finishReason()).isEqualTo(reason);
      assertThat(delta.done()).isEqualTo(type.startsWith("response"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ": keepalive",
        "ping",
        "[PING]",
        "keep-alive",
        "PROCESSING",
        "null",
        "7",
        "[]",
        "{}",
        "{\"type\":\"ping\"}",
        "{\"event\":\"heartbeat\"}",
        "{\"ping\":1}",
        "{\"status\":\"processing\"}"
      })
  void anEventThatKeepsTheStreamAliveSaysNothing(String event) {
    String nothing = new Delta().toString();
    for (Delta delta : read(event)) {
      assertThat(delta).hasToString(nothing);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hello",
        "\"a\"",
        "[1,2]",
        "{\"hello\":\"world\"}",
        "{\"message\":\"one moment\"}"
      })
  void whatIsNeitherChunkNorKeepAliveIsToldInItsWords(String event) {
    for (Delta delta : read(event)) {
      assertThat(delta.stranger()).isEqualTo(event);
      assertThat(delta.tokenBearing()).isFalse();
      assertThat(delta.malformed()).isFalse();
    }
  }

  @Test
  void aTextUnderAnUnknownNameIsToldByItsPlace() {
    for (Delta delta : read("{\"choices\":[{\"delta\":{\"role\":\"a\",\"prose\":\"hm\"}}]}")) {
      assertThat(delta.unknownField()).isEqualTo("choices[].delta.prose");
    }
  }

  @Test
  void bytesThatAreNoUtf8AreDecodedAsEventStreamsAre() {
    byte[] event = "{\"choices\":[{\"delta\":{\"content\":\"??\"}}]}".getBytes(UTF_8);
    int at = new String(event, UTF_8).indexOf("??");
    event[at] = (byte) 0xE4;
    event[at + 1] = (byte) 0xB8;
    for (DeltaReader reader : READERS) {
      Delta delta = new Delta();
      reader.read(event, 0, event.length, delta);
      assertThat(delta.content()).isTrue();
    }
    StringBuilder answer = new StringBuilder();
    DeltaText.append(event, 0, event.length, answer, new StringBuilder());
    assertThat(answer).hasToString("\uFFFD");
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
          gone          | {"type":"error","message":"gone"}
          gone          | {"type":"error","error":{"type":"overloaded_error","message":"gone"}}
          gone          | {"type":"response.failed","response":{"error":{"code":"x","message":"gone"}}}
          Not Found     | {"detail":"Not Found"}
          body.n: bad   | {"detail":[{"loc":["body","n"],"msg":"bad"}]}
          quota         | {"error_code":17,"error_msg":"quota"}
          quota         | {"code":"Throttling","message":"quota","request_id":"r"}
          slot lost     | {"code":500,"message":"slot lost","type":"server_error"}
          slot lost     | {"choices":[{"delta":{},"error":{"message":"slot lost"}}]}
          slot lost     | {"choices":[{"delta":{"error":"slot lost"}}]}
          slot lost     | {"status":503,"title":"Unavailable","detail":"slot lost"}
          slot lost     | {"success":false,"message":"slot lost"}
          slot lost     | {"base_resp":{"status_code":1004,"status_msg":"slot lost"},"choices":null}
          slot lost     | {"internalServerException":{"message":"slot lost"}}
          slot lost     | [{"error":{"message":"slot lost"}}]
          Error: gone   | Error: gone
          [ERROR] gone  | [ERROR] gone
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
        "{\"object\":\"chat\"}",
        "{\"choices\":[],\"error_code\":0,\"errors\":[]}",
        "{\"choices\":[],\"base_resp\":{\"status_code\":0,\"status_msg\":\"\"}}",
        "{\"code\":200,\"message\":\"success\"}",
        "{\"type\":\"response.mcp_call.failed\"}",
        "{\"choices\":[{\"delta\":{\"content\":\"an error\"}}]}"
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
        "{",
        "{\"choices\":[{\"delta\":{\"content\":\"a\"}}]",
        "{\"choices\":[{\"delta\":{\"content\":\"a\"}}]}}",
        "{\"choices\":[{\"delta\":{\"content\":\"a\"}}]} {}",
        "{\"choices\":[{\"delta\":{\"content\":\"a\"}},]}",
        "{\"choices\":[{\"delta\":{\"content\":\"a\",}}]}",
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
    byte[] event = {'{', 0, 0, 0, 1, 0, 0, 13, '{', '}'};
    Delta delta = new Delta();
    new JsonDeltaReader().read(event, 0, event.length, delta);

    assertThat(delta.problem()).isNotBlank().doesNotContain("UTF-32");
  }
}
