package io.streamgauge.agent.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.plan.request.TargetUrl;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyVariableTest {
  @ParameterizedTest
  @CsvSource({
    "http://h:80,       http_proxy,  '',          http_proxy",
    "http://h:80,       HTTP_PROXY,  '',          HTTP_PROXY",
    "https://h,         HTTP_PROXY,  '',          ",
    "https://h,         https_proxy, '',          https_proxy",
    "https://h,         ALL_PROXY,   '',          ALL_PROXY",
    "http://127.0.0.1,  http_proxy,  x,           http_proxy",
    "http://h,          http_proxy,  *,           ",
    "http://a.b.c,      http_proxy,  'x, .b.c',   ",
    "http://a.b.c,      http_proxy,  b.c,         ",
    "http://ab.c,       http_proxy,  b.c,         http_proxy",
  })
  void aProxyThatOthersWouldUseIsNamed(String url, String variable, String exempt, String found) {
    Map<String, String> environment = Map.of(variable, "http://proxy:3128", "no_proxy", exempt);

    assertThat(ProxyVariable.of(TargetUrl.parse(url), environment))
        .isEqualTo(Optional.ofNullable(found));
  }
}
