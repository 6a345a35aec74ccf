package io.streamgauge.common.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownSecretsTest {
  private static final KnownSecrets SENT =
      KnownSecrets.of(
          "https://h/v1?sig=inTheUrl99",
          List.of("sk-live-0123456789"),
          Map.of(
              "Authorization", "Basic dXNlcjpodW50ZXIyMg==",
              "Cookie", "session=cookie-value-1",
              "X-Pin", "k9z4",
              "Accept", "application/json"));

  @ParameterizedTest
  @CsvSource({
    "no key sk-live-0123456789!, no key (hidden)!",
    "Bearer sk-live-0123456789, Bearer (hidden)",
    "cut: sk-live-0123, cut: (hidden)",
    "café: sk-live-0123, café: (hidden)",
    "dXNlcjpodW50ZXIyMg==, (hidden)",
    "user hunter22?, user (hidden)?",
    "session cookie-value-1, session (hidden)",
    "pin k9z4 and ak9z4b, pin (hidden) and ak9z4b",
    "sig is inTheUrl99, sig is (hidden)",
    "expected application/json, expected application/json",
    "sk-l, sk-l"
  })
  void whatWasSentIsMaskedWhereItComesBack(String said, String shown) {
    assertThat(SENT.mask(said)).isEqualTo(shown);
    assertThat(new String(SENT.mask(said.getBytes(UTF_8)), UTF_8)).isEqualTo(shown);
  }

  @Test
  void bytesThatAreNoTextStayAsTheyAre() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    assertThat(SENT.mask(bytes)).isEqualTo(bytes);
  }
}
