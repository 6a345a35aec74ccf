package io.streamgauge.common.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.SealedTypes;
import io.vertx.core.buffer.Buffer;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

  /** What is put in place of an agent's id, host or version by a member that means ill. */
  @ParameterizedTest
  @ValueSource(strings = {"a\\nb", "a\\u001b[31mb", "<script>", "a\\u202eb", "\\u2028"})
  void aMemberWhoseNamesAreNoNamesIsNotRead(String name) {
    String register =
        """
        {"type": "Register", "protocol": %d, "instance": "1", "address": "x",
         "agent": {"id": "%s", "roles": ["load"], "host": "%s", "cores": 1, "lanes": 1,
                   "version": "%s", "jdk": "25", "gpus": []}}
        """;
    String leave = "{\"type\": \"Leave\", \"id\": \"%s\", \"instance\": \"1\"}";
    String stranger = "{\"type\": \"Register\", \"protocol\": 99, \"agent\": {\"id\": \"%s\"}}";
    int protocol = Message.PROTOCOL;

    for (String json :
        List.of(
            register.formatted(protocol, name, "h", "1"),
            register.formatted(protocol, "a", name, "1"),
            register.formatted(protocol, "a", "h", name),
            leave.formatted(name),
            stranger.formatted(name))) {
      assertThatExceptionOfType(PlanException.class)
          .isThrownBy(() -> WireCodec.decode(json.getBytes(StandardCharsets.UTF_8)))
          .withMessageContaining("is not valid");
    }
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
