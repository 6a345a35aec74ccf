package io.streamgauge.common.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamgauge.common.PlanException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokenTest {
  private static final String TOKEN = "c0rrect-horse-battery-staple";

  @TempDir Path folder;

  private Path file(String content, String mode) throws IOException {
    Path file = Files.writeString(folder.resolve("token"), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  @Test
  void onlyTheSameTokenMatches() {
    BearerToken token = BearerToken.of(TOKEN);

    assertThat(token.matches(TOKEN)).isTrue();
    assertThat(token.matches("")).isFalse();
    assertThat(token.matches(TOKEN + "x")).isFalse();
    assertThat(token.matches(TOKEN.substring(1))).isFalse();
    assertThat(token.matches(token.hash())).as("the hash is no token").isFalse();
  }

  @Test
  void onlyTheHashIsKept() {
    assertThat(BearerToken.hash("abcdefghijklmnopqrstuvwxyz"))
        .isEqualTo("sha256:71c480df93d6ae2f1efad1447c66c9525e316218cf51fc8d9ed832f2daf18b73");
    assertThat(BearerToken.of(TOKEN)).hasToString("BearerToken");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "short-token",
        "twenty-three-characters",
        "with white space in the middle",
        "trailing-line-end-is-white-space\n",
        "größer-als-vierundzwanzig-zeichen",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void aWeakTokenIsRefusedWithoutBeingShown(String token) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> BearerToken.of(token))
        .withMessageContaining("expected 24 to 512 visible ASCII characters")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(token.isEmpty() ? "\0" : token));
  }

  @Test
  void aFileHoldsTheTokenOrItsHash() throws IOException {
    Path file = file(TOKEN + "\n", "rw-------");
    assertThat(BearerToken.fromFile(file).matches(TOKEN)).isTrue();
    assertThat(TokenText.fromFile(file)).isEqualTo(TOKEN);

    file(BearerToken.hash(TOKEN), "r--------");
    assertThat(BearerToken.fromFile(file).matches(TOKEN)).isTrue();
  }

  @Test
  void aFileThatOthersCanReadIsRefused() throws IOException {
    Path file = file(TOKEN, "rw-r--r--");

    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> BearerToken.fromFile(file))
        .withMessage(
            "token-file: %s is not valid, expected a file that only its owner can read: chmod 600 %s"
                .formatted(file, file));
  }

  @Test
  void aFileThatIsNotThereOrNoFileIsRefused() {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> TokenText.fromFile(folder.resolve("none")))
        .withMessageContaining("expected a file that exists");
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> TokenText.fromFile(folder))
        .withMessageContaining("expected a file");
  }
}
