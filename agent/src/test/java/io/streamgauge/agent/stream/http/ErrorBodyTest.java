package io.streamgauge.agent.stream.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.agent.stream.Captures;
import io.streamgauge.agent.stream.http.ErrorBody.Form;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorBodyTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          vllm/err-bad-json            | 400 | 1 validation error: {'type': 'json_invalid', 'loc': 'body.43', 'msg': 'JSON decode error'
          vllm/err-bad-model           | 404 | The model `no-such-model` does not exist. Valid aliases: tiny-llama.
          vllm/err-bad-param           | 400 | max_tokens must be at least 1, got -5. (parameter=max_tokens, value=-5)
          vllm/err-bad-type            | 400 | 1 validation error: {'type': 'list_type', 'loc': 'body.messages'
          vllm/err-context-overflow    | 400 | This model's maximum context length is 2048 tokens. However, your prompt contains at least 2049
          vllm/err-no-messages         | 400 | 1 validation error: {'type': 'missing', 'loc': 'body.messages', 'msg': 'Field required'
          vllm/max-tokens-over-context | 400 | max_tokens=100000 cannot be greater than max_model_len=2048.
          vllm/not-found               | 404 | Not Found
          sglang/err-bad-json          | 400 | 1 validation error: {'type': 'json_invalid', 'loc': ('body', 43), 'msg': 'JSON decode error'
          sglang/err-bad-param         | 400 | max_new_tokens must be at least 0, got -5.
          sglang/err-bad-type          | 400 | 1 validation error: {'type': 'list_type', 'loc': ('body', 'messages')
          sglang/err-context-overflow  | 400 | The input (6011 tokens) is longer than the model's context length (4096 tokens).
          sglang/err-no-messages       | 400 | 1 validation error: {'type': 'missing', 'loc': ('body', 'messages')
          sglang/max-tokens-over-context | 400 | Requested token count exceeds the model's maximum context length of 4096 tokens.
          sglang/not-found             | 404 | Not Found
          llamacpp/err-bad-json        | 400 | [json.exception.parse_error.101] parse error at line 2, column 1
          llamacpp/err-bad-param       | 400 | Field 'max_tokens': Value must be between -1 <= value <= 2147483647, but got -5
          llamacpp/err-bad-type        | 400 | Expected 'messages' to be an array
          llamacpp/err-context-overflow | 400 | request (6024 tokens) exceeds the available context size (1024 tokens), try increasing it
          llamacpp/err-no-messages     | 400 | 'messages' is required
          llamacpp/not-found           | 404 | File Not Found
          """)
  void theErrorsOfRealEnginesAreTold(String capture, int status, String message) {
    String file = capture + ".response.txt";
    assertThat(Captures.status(file)).isEqualTo(status);
    ErrorBody body = ErrorBody.of(Captures.body(file));
    assertThat(body.message()).startsWith(message);
    assertThat(body.message().length()).isLessThanOrEqualTo(200);
    assertThat(body.form()).isEqualTo(ErrorBody.Form.JSON);
    assertThat(body.modelMissing()).isEqualTo(capture.equals("vllm/err-bad-model"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          JSON | too long            | {"error":{"message":"too long","type":"x","code":400}}
          JSON | overloaded          | {"error":"overloaded"}
          JSON | too long            | {"object":"error","message":"too long","code":400}
          JSON | Not Found           | {"detail":"Not Found"}
          JSON | body.messages.0: Field required; body.n: too large | {"detail":[{"loc":["body","messages",0],"msg":"Field required","type":"missing"},{"loc":["body","n"],"msg":"too large"}]}
          JSON | no such thing       | {"type":"about:blank","title":"Not Found","detail":"no such thing"}
          JSON | inner               | {"error":{"error":{"message":"inner"}}}
          JSON | rate_limit          | {"error":{"type":"rate_limit","message":null}}
          JSON | 503                 | {"error":{"code":503}}
          JSON | {"status":"bad"}    | {"status":"bad"}
          JSON | first               | {"error":{"message":"first","message":"first"}}
          JSON | a text              | "a text"
          HTML | 502 Bad Gateway     | <html><head><title>502 Bad Gateway</title></head><body><h1>502</h1></body></html>
          HTML | Sorry & goodbye "x" | <!DOCTYPE html><body><script>var a = "<b>";</script><h1>Sorry</h1> &amp; <p>goodbye &quot;x&quot;</body>
          TEXT | upstream timed out  | upstream timed out
          TEXT | <Error>denied</Error> | <Error>denied</Error>
          TEXT | {"error": cut       | {"error": cut
          TEXT | 42                  | 42
          TEXT | [upstream] failed   | [upstream] failed
          """)
  void anyBodyBecomesOneLine(Form form, String message, String body) {
    ErrorBody error = of(body);
    assertThat(error.message()).isEqualTo(message);
    assertThat(error.form()).isEqualTo(form);
    assertThat(error.looksLikeHtml()).isEqualTo(form == Form.HTML);
    assertThat(error.modelMissing()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"message\":\"x\",\"type\":\"NotFoundError\",\"param\":\"model\",\"code\":404}}",
        "{\"object\":\"error\",\"message\":\"The model `x` does not"
            + " exist.\",\"type\":\"NotFoundError\"}",
        "{\"error\":{\"message\":\"x\",\"code\":\"model_not_found\"}}",
        "{\"error\":\"model 'llama9' not found, try pulling it first\"}",
        "{\"error\":{\"message\":\"llama9 is not a valid model ID\",\"code\":400}}",
        "model \"llama9\" not found",
      })
  void aMissingModelIsRecognised(String body) {
    assertThat(of(body).modelMissing()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n\t", "\u0000"})
  void nothingIsCalledAnEmptyBody(String body) {
    assertThat(of(body).message()).isEqualTo("empty body");
  }

  @Test
  void whatIsNotFitForALineIsLeftOut() {
    assertThat(of("a\r\n\tb\u0000\u001B[31mc\u2028d\u202Ee\u0085f\u00A0g").message())
        .isEqualTo("a b [31mc d e f g");
    assertThat(of("{\"error\":\"a\\n\\n\\u0007b\"}").message()).isEqualTo("a b");
    assertThat(ErrorBody.of(new byte[] {'a', (byte) 0xFF, 'b'}).message()).isEqualTo("a\uFFFDb");
  }

  @Test
  void aLongMessageIsCutBetweenCharacters() {
    assertThat(of("x".repeat(200)).message()).hasSize(200).endsWith("x");
    assertThat(of("x".repeat(201)).message()).hasSize(200).endsWith("x…");
    assertThat(of("x".repeat(198) + "😀".repeat(9)).message()).isEqualTo("x".repeat(198) + "…");
    assertThat(of("<html>" + "<script>".repeat(500_000)).message()).hasSizeLessThanOrEqualTo(200);
    assertThat(of("{\"error\":" + "[".repeat(500_000)).message()).hasSize(200);
  }

  @Test
  void aSliceIsReadAlone() {
    assertThat(ErrorBody.of("xx{\"error\":\"e\"}xx".getBytes(UTF_8), 2, 13).message())
        .isEqualTo("e");
  }

  private static ErrorBody of(String body) {
    return ErrorBody.of(body.getBytes(UTF_8));
  }

  @Test
  void bytesThatPassForUtf32AndAreNoneAreText() {
    byte[] body = {1, 0, 0, 0, 0, 0, 0, 13, '{', '"', 'i', 'd', '"', ':', '1', '}'};

    assertThat(ErrorBody.of(body).form()).isEqualTo(ErrorBody.Form.TEXT);
  }
}
