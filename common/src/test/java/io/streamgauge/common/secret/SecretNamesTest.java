package io.streamgauge.common.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretNamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--api-key",
        "--api_key",
        "apiKey",
        "APIKEY",
        "OPENAI_API_KEY",
        "API_KEY_PROD",
        "--hf-token",
        "HF_TOKEN",
        "HUGGING_FACE_HUB_TOKEN",
        "-hft",
        "--admin-api-key",
        "--ssl-keyfile-password",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID",
        "AWS_SESSION_TOKEN",
        "Authorization",
        "Proxy-Authorization",
        "Cookie",
        "Set-Cookie",
        "X-Auth-Token",
        "X-Goog-Api-Key",
        "api-key",
        "Ocp-Apim-Subscription-Key",
        "password",
        "DB_PASS",
        "passphrase",
        "client_secret",
        "X-Amz-Signature",
        "sig",
        "credentials",
        "kv.password",
        "access_token",
        "bearer"
      })
  void whatNamesAKeyATokenOrAPasswordIsSecret(String name) {
    assertThat(SecretNames.secret(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--max-tokens",
        "max_num_batched_tokens",
        "--tokenizer",
        "tokenizer_mode",
        "eos-token-id",
        "--api-key-file",
        "--ssl-keyfile",
        "api_key_env",
        "--api-key-header",
        "model",
        "--dtype",
        "--cache-type-k",
        "keyboard",
        "monkey",
        "author",
        "SSH_AUTH_SOCK",
        "--key-cache-dtype",
        "n_parallel",
        "compass",
        "--token-count"
      })
  void whatCountsTokensOrLeadsToASecretIsNone(String name) {
    assertThat(SecretNames.secret(name)).isFalse();
  }
}
