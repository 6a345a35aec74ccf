package io.streamgauge.common.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedCommandTest {
  private static final Instant NOW = Instant.parse("2026-11-24T20:00:00.5Z");
  private static final Bytes NONCE = Bytes.of(new byte[16]);
  private static final Bytes SIGNATURE = Bytes.of(new byte[64]);

  @Test
  void itSurvivesTheWire() throws JsonProcessingException {
    ControllerKeys keys = ControllerKeys.fresh();
    SignedCommand command =
        new CommandSigner(keys.privateKey()).sign("run-7", "agent-1", new byte[] {0, -1, 7}, NOW);

    SignedCommand read =
        Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(command), SignedCommand.class);

    assertThat(read).isEqualTo(command);
    assertThat(new CommandVerifier(keys.publicKey(), "agent-1").verify(read, NOW))
        .isInstanceOf(Verdict.Genuine.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "run 7", "run\n7", "größe", "\ud800", "run\0"})
  void aNameThatCouldBeMistakenForAnotherIsRefused(String name) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> new SignedCommand(name, "agent-1", NONCE, NOW, NONCE, SIGNATURE))
        .withMessageContaining("run_id");
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> new SignedCommand("run-7", name, NONCE, NOW, NONCE, SIGNATURE))
        .withMessageContaining("agent");
  }

  @Test
  void nonceAndSignatureHaveTheirLengths() {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> new SignedCommand("r", "a", SIGNATURE, NOW, NONCE, SIGNATURE))
        .withMessage("nonce: 64 bytes is not valid, expected 16 bytes");
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> new SignedCommand("r", "a", NONCE, NOW, NONCE, NONCE))
        .withMessage("signature: 16 bytes is not valid, expected 64 bytes");
  }
}
