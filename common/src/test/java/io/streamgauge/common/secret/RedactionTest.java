package io.streamgauge.common.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  private static final String SECRET = "s3cr3t-Value";

  static Stream<Arguments> commands() {
    return Stream.of(
        arguments("--api-key s3cr3t-Value --port 1", "--api-key (hidden) --port 1"),
        arguments("--api-key=s3cr3t-Value --port 1", "--api-key=(hidden) --port 1"),
        arguments("--api_key s3cr3t-Value", "--api_key (hidden)"),
        arguments("--API-KEY s3cr3t-Value", "--API-KEY (hidden)"),
        arguments("--api-k s3cr3t-Value", "--api-k (hidden)"),
        arguments("--hf-tok=s3cr3t-Value", "--hf-tok=(hidden)"),
        arguments("--api-key a s3cr3t-Value -x", "--api-key (hidden) (hidden) -x"),
        arguments("-hft s3cr3t-Value -m m.gguf", "-hft (hidden) -m m.gguf"),
        arguments("-hft -0 s3cr3t-Value", "-hft (hidden) (hidden)"),
        arguments("--hf-token --port 1", "--hf-token --port 1"),
        arguments("env HF_TOKEN=s3cr3t-Value vllm", "env HF_TOKEN=(hidden) vllm"),
        arguments("--kv.password s3cr3t-Value", "--kv.password (hidden)"),
        arguments(
            "--kv-config {\"a\":[{\"password\":\"s3cr3t-Value\"}],\"n\":1}",
            "--kv-config {\"a\":[{\"password\":\"(hidden)\"}],\"n\":1}"),
        arguments("-mu https://u:s3cr3t-Value@h/m?a=1", "-mu https://(hidden)@h/m?a=1"),
        arguments("-mu https://h/m?sig=s3cr3t-Value&a=1", "-mu https://h/m?sig=(hidden)&a=1"),
        arguments("-mu https://h/m?a=1&code=s3cr3t-Value", "-mu https://h/m?a=1&code=(hidden)"),
        arguments(
            "--max-tokens 5 --api-key-file /k --eos-token-id 2",
            "--max-tokens 5 --api-key-file /k --eos-token-id 2"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void argumentsAreShownWithoutTheirSecrets(String command, String shown) {
    Redaction redaction = new Redaction();

    assertThat(String.join(" ", redaction.arguments(List.of(command.split(" ", -1)))))
        .isEqualTo(shown);
    assertThat(redaction.found().mask("it said " + SECRET))
        .doesNotContain(command.contains(SECRET) ? SECRET : "nothing of this");
  }

  @Test
  void settingsAreShownWithoutSecretsHoweverDeepAndOtherwiseAsTheyWere() {
    Map<String, Object> settings =
        Map.of(
            "extra_args",
            List.of("--api-key", SECRET, "--seed", 7),
            "env",
            Map.of("HF_TOKEN", SECRET, "LANG", "C"),
            "api_key",
            SECRET,
            "hub",
            List.of(Map.of("token", SECRET, "n", 1)),
            "command",
            "vllm serve --api-key " + SECRET,
            "max_num_seqs",
            8);

    Map<String, Object> shown = new Redaction().settings(settings);

    assertThat(shown.toString()).doesNotContain(SECRET);
    assertThat(shown)
        .containsEntry("extra_args", List.of("--api-key", "(hidden)", "--seed", 7))
        .containsEntry("env", Map.of("HF_TOKEN", "(hidden)", "LANG", "C"))
        .containsEntry("command", "vllm serve --api-key (hidden)")
        .containsEntry("max_num_seqs", 8);
    assertThat(new Redaction().settings(shown)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8000/v1?api-version=2024-10-21",
        "a text: nothing in it",
        "[not json",
        "512"
      })
  void whatIsNotSecretStaysAsItIs(String text) {
    assertThat(Redaction.shown(text)).isEqualTo(text);
  }
}
