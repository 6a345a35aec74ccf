package io.streamgauge.common.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import com.hazelcast.spi.exception.CallerNotMemberException;
import io.streamgauge.common.HostPort;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClusterConfigTest {
  private final InternalSerializationService wire = wire();

  private static InternalSerializationService wire() {
    SerializationConfig config =
        ClusterConfig.of(new NodeOptions(new HostPort("127.0.0.1", 0), List.of(), "test"))
            .getSerializationConfig();
    return new DefaultSerializationServiceBuilder().setConfig(config).build();
  }

  @AfterEach
  void dispose() {
    wire.dispose();
  }

  static Stream<Throwable> errors() {
    IOException suppressing = new IOException("a", new IllegalStateException("b"));
    suppressing.addSuppressed(new TimeoutException("c"));
    return Stream.of(
        new CallerNotMemberException("not yet"), suppressing, new CompletionException(suppressing));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void theErrorsOfAnotherMemberCanBeRead(Throwable error) {
    Throwable read = wire.toObject(wire.toData(error));

    assertThat(read).hasSameClassAs(error).hasMessage(error.getMessage());
  }

  @Test
  void noOtherClassIsMadeOfWhatAMemberSends() {
    assertThatExceptionOfType(HazelcastSerializationException.class)
        .isThrownBy(() -> wire.toObject(wire.toData(java.net.URI.create("http://x"))))
        .withMessageContaining("not allowed");
  }

  /** A class of java.lang that is no error, for which the door was open once. */
  @Test
  void noClassOfTheLanguageIsMadeThatIsNoError() {
    for (Object other :
        new Object[] {Thread.State.NEW, new StringBuilder("x"), Character.UnicodeScript.LATIN}) {
      assertThatExceptionOfType(HazelcastSerializationException.class)
          .as(other.toString())
          .isThrownBy(() -> wire.toObject(wire.toData(other)))
          .withMessageContaining("not allowed");
    }
  }
}
