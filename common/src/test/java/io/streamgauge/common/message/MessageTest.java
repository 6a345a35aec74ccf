package io.streamgauge.common.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamgauge.common.json.SealedTypes;
import io.vertx.core.buffer.Buffer;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {
  private static final String SAMPLES = "io.streamgauge.common.message.MessageSamples#all";

  private final WireCodec codec = new WireCodec();

  @Test
  void everyKindOfMessageHasASample() {
    assertThat(MessageSamples.all().map(Object::getClass).distinct())
        .containsExactlyInAnyOrderElementsOf(SealedTypes.leaves(Message.class).toList());
  }

  @Test
  void everyKindOfMessageHasANameOfItsOwn() {
    assertThat(SealedTypes.leaves(Message.class).map(Class::getSimpleName)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource(SAMPLES)
  void aMessageIsDecodedAsItWasEncoded(Message message) {
    assertThat(WireCodec.decode(WireCodec.encode(message))).isEqualTo(message);
  }

  @Test
  void theIntroductionOfAnotherVersionIsReadAsFarAsItCanBe() {
    String json =
        """
        {"type": "Register", "protocol": 99, "new_field": 1,
         "agent": {"id": "a1", "version": "9.9", "wings": 2}}
        """;

    assertThat(WireCodec.decode(json.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new Stranger(99, "a1", "9.9"));
  }

  @ParameterizedTest
  @MethodSource(SAMPLES)
  void aMessageIsFoundOnTheWireWhereverItStarts(Message message) {
    Buffer wire = Buffer.buffer("before");
    codec.encodeToWire(wire, message);
    wire.appendString("after");

    assertThat(codec.decodeFromWire("before".length(), wire)).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource(SAMPLES)
  void aMessageNamesItsKind(Message message) {
    assertThat(new String(WireCodec.encode(message), StandardCharsets.UTF_8))
        .startsWith("{\"type\":\"" + message.getClass().getSimpleName() + "\"");
  }

  @ParameterizedTest
  @MethodSource(SAMPLES)
  void withinAProcessAMessageIsPassedAsItIs(Message message) {
    assertThat(codec.transform(message)).isSameAs(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"type\": \"Shutdown\"}",
        "{\"type\": \"Ack\", \"more\": 1}",
        "{\"type\": \"Register\", \"agent\": null}",
        "{\"type\": \"java.lang.String\"}",
      })
  void whatIsNoMessageIsRefused(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);

    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> WireCodec.decode(bytes))
        .withMessage("not a message of this version");
  }
}
