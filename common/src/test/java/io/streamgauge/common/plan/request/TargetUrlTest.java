package io.streamgauge.common.plan.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamgauge.common.PlanException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetUrlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // written | short form | chat goes to | models are at | metrics are at
        "http://h:8000         | http://h:8000    | /v1/chat/completions     | /v1/models |"
            + " /metrics",
        "http://h:8000/        | http://h:8000    | /v1/chat/completions     | /v1/models |"
            + " /metrics",
        "' http://h:8000/// '  | http://h:8000    | /v1/chat/completions     | /v1/models |"
            + " /metrics",
        "http://h/v1           | http://h         | /v1/chat/completions     | /v1/models |"
            + " /metrics",
        "http://h//v1//        | http://h         | /v1/chat/completions     | /v1/models |"
            + " /metrics",
        "HTTPS://H.Example/v1  | https://h.example | /v1/chat/completions    | /v1/models |"
            + " /metrics",
        "http://v1/v1          | http://v1        | /v1/chat/completions     | /v1/models |"
            + " /metrics",
        "http://h/api/v1       | http://h/api     | /api/v1/chat/completions | /api/v1/models"
            + " | /api/metrics",
        "http://h/v3           | http://h/v3      | /v3/chat/completions     | /v3/models |"
            + " /metrics",
        "http://h/v10/         | http://h/v10     | /v10/chat/completions    | /v10/models"
            + " | /metrics",
        "http://h/v1beta       | http://h/v1beta  | /v1beta/chat/completions | /v1beta/models"
            + " | /metrics",
        "http://h/a/v2.1       | http://h/a/v2.1  | /a/v2.1/chat/completions | /a/v2.1/models"
            + " | /a/metrics",
        "http://h/v3/v1        | http://h/v3/v1   | /v3/v1/chat/completions  | /v3/v1/models"
            + " | /v3/metrics",
        "http://h/x/v          | http://h/x/v     | /x/v/v1/chat/completions | /x/v/v1/models"
            + " | /x/v/metrics",
        "http://h/api/v3/chat/completions | http://h/api/v3/chat/completions"
            + " | /api/v3/chat/completions | /api/v3/models | /api/metrics",
        "http://h/x/chat/completions/ | http://h/x/chat/completions/ | /x/chat/completions/"
            + " | /x/models | /x/metrics",
        "http://h?a=b          | http://h?a=b     | /v1/chat/completions?a=b | /v1/models?a=b"
            + " | /metrics",
        "http://h/v1?          | http://h?        | /v1/chat/completions?    | /v1/models?"
            + " | /metrics",
        "http://h/openai/deployments/x/chat/completions?api-version=2024-10-21"
            + " | http://h/openai/deployments/x/chat/completions?api-version=2024-10-21"
            + " | /openai/deployments/x/chat/completions?api-version=2024-10-21"
            + " | /openai/deployments/x/models?api-version=2024-10-21"
            + " | /openai/deployments/x/metrics",
        "http://h/modèle/v1    | http://h/mod%C3%A8le | /mod%C3%A8le/v1/chat/completions"
            + " | /mod%C3%A8le/v1/models | /mod%C3%A8le/metrics",
        "http://h/a%20b?q={x}  | http://h/a%20b?q=%7Bx%7D | /a%20b/v1/chat/completions?q=%7Bx%7D"
            + " | /a%20b/v1/models?q=%7Bx%7D | /a%20b/metrics",
      })
  void aPathEndsInTheEndpointOrInAVersionOrGetsBoth(
      String written, String text, String chat, String models, String metrics) {
    TargetUrl url = TargetUrl.parse(written);

    assertThat(url.text()).isEqualTo(text);
    assertThat(TargetUrl.parse(text).text()).isEqualTo(text);
    assertThat(TargetUrl.parse(text).target(ApiEndpoint.CHAT)).isEqualTo(chat);
    assertThat(url.target(ApiEndpoint.CHAT)).isEqualTo(chat);
    assertThat(url.models()).isEqualTo(models);
    assertThat(url.page("/metrics")).isEqualTo(metrics);
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost, localhost, 80, localhost",
    "https://api.example.com, api.example.com, 443, api.example.com",
    "http://gpu_box_1:8000, gpu_box_1, 8000, gpu_box_1:8000",
    "http://_dmarc.example_.com, _dmarc.example_.com, 80, _dmarc.example_.com",
    "http://x.example., x.example., 80, x.example.",
    "http://10.0.0.5:65535, 10.0.0.5, 65535, 10.0.0.5:65535",
    "http://[::1]:8000/v1, ::1, 8000, [::1]:8000",
    "https://[2001:DB8::1], 2001:db8::1, 443, [2001:db8::1]",
    "http://bücher.example:81, xn--bcher-kva.example, 81, xn--bcher-kva.example:81",
  })
  void theHostIsAnyThatAResolverTakes(String written, String host, int port, String authority) {
    TargetUrl url = TargetUrl.parse(written);

    assertThat(url.host()).isEqualTo(host);
    assertThat(url.connectPort()).isEqualTo(port);
    assertThat(url.authority()).isEqualTo(authority);
  }

  @ParameterizedTest
  @CsvSource({
    "chat, /v1/chat/completions",
    "completions, /v1/completions",
    "responses, /v1/responses",
    "messages, /v1/messages",
    "embeddings, /v1/embeddings",
  })
  void anEndpointInTheUrlIsFoundAndLeftAsItIs(String endpoint, String path) {
    ApiEndpoint named = ApiEndpoint.parse(endpoint);

    assertThat(TargetUrl.parse("http://h").target(named)).isEqualTo(path);
    assertThat(TargetUrl.parse("http://h" + path).endpoint()).hasValue(named);
    assertThat(TargetUrl.parse("http://h" + path).target(named)).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                       | http(s)://HOST[:PORT][/PATH][?QUERY]",
        "localhost:8000           | http(s)://HOST[:PORT][/PATH][?QUERY]",
        "//localhost:8000         | http(s)://HOST[:PORT][/PATH][?QUERY]",
        "ftp://localhost          | http(s)://HOST[:PORT][/PATH][?QUERY]",
        "http:localhost           | http(s)://HOST[:PORT][/PATH][?QUERY]",
        "http://                  | http(s)://HOST[:PORT][/PATH][?QUERY]",
        "http:///v1               | http(s)://HOST[:PORT][/PATH][?QUERY]",
        "http://h:                | http(s)://HOST[:PORT][/PATH][?QUERY]",
        "http://h:port            | http(s)://HOST[:PORT][/PATH][?QUERY]",
        "http://h:-1              | http(s)://HOST[:PORT][/PATH][?QUERY]",
        "http://::1:8000          | http(s)://HOST[:PORT][/PATH][?QUERY]",
        "http://h:0               | a port from 1 to 65535",
        "http://h:70000           | a port from 1 to 65535",
        "http://h#top             | http(s)://HOST[:PORT][/PATH][?QUERY], without #",
        "http://local host        | the name of a host, or an IPv6 address in []",
        "http://a..b              | the name of a host, or an IPv6 address in []",
        "http://h%41              | the name of a host, or an IPv6 address in []",
        "http://[fe80::1%eth0]:80 | an IPv6 address without a zone",
        "http://[::g]             | an IPv6 address within []",
        "http://[127.0.0.1]       | an IPv6 address within []",
        "http://h/a b             | no blank or backslash in it, and two hexadecimal digits behind"
            + " each %",
        "http://h/%zz             | no blank or backslash in it, and two hexadecimal digits behind"
            + " each %",
      })
  void anythingElseIsRefusedWithTheReason(String text, String expected) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> TargetUrl.parse(text))
        .withMessage("url: %s is not valid, expected %s", text, expected);
  }

  @ParameterizedTest
  @CsvSource({
    "http://me:secret@h, http://(hidden)@h",
    "http://me:secret@h/v1?key=secret, http://(hidden)@h/v1?key=(hidden)",
    "http://h/v1?api_key=secret&a=b#x, http://h/v1?api_key=(hidden)&a=b#x",
  })
  void whatMayBeSecretIsNotRepeated(String text, String shown) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> TargetUrl.parse(text))
        .withMessageStartingWith("url: %s is not valid, expected ", shown);
  }

  @Test
  void aKeyInTheQueryIsSentAndNotShown() {
    TargetUrl url = TargetUrl.parse("http://h?code=secret&v=1");

    assertThat(url.target(ApiEndpoint.CHAT)).endsWith("?code=secret&v=1");
    assertThat(url.shown()).isEqualTo("http://h?code=(hidden)&v=1");
    assertThat(url.shownModels()).isEqualTo("/v1/models?code=(hidden)&v=1");
  }
}
