package io.streamgauge.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServerLogTest {
  private static final String REFERENCE =
      """
      {"no":1,"id":"a","recv":1000000,"start":1000000,"first":101000000,"last":141000000,\
      "tokens":3,"events":3,"bytes":9,"fault":"","stream":1,"done":1,\
      "times":[101000000,121000000,141000000]}\
      """;
  private static final String SIMULATED =
      """
      {"id":"b","recv":3000000,"start":3000000,"first":53000000,"last":63000000,\
      "times":[53000000,63000000],"tokens":4,"events":2,"prompt_tokens":7,"fault":null,\
      "cancelled":false}\
      """;
  private static final String NEVER_BEGUN =
      """
      {"id":"c","recv":5000000,"start":null,"first":null,"last":null,"times":[],"tokens":0,\
      "events":0,"prompt_tokens":7,"fault":"empty","cancelled":false}\
      """;

  @Test
  void theLogsOfBothServersAreRead() {
    ServerLog log = ServerLog.parse(Stream.of(REFERENCE, "", SIMULATED, NEVER_BEGUN));

    assertThat(log.entries()).containsOnlyKeys("a", "b");
    assertThat(log.tokens()).isEqualTo(7);
    assertThat(log.events()).isEqualTo(5);
    assertThat(log.firstReceived()).isEqualTo(1_000_000);
    assertThat(log.seconds()).isEqualTo(0.14);
  }

  @Test
  void gapsAreThoseWithinARequest() {
    ServerLog log = ServerLog.parse(Stream.of(REFERENCE, SIMULATED));

    assertThat(ServerLog.gapMillis(log.entries().values()).quantile(0)).isEqualTo(10);
    assertThat(ServerLog.gapMillis(log.entries().values()).mean()).isEqualTo(50.0 / 3);
  }

  @Test
  void aLineThatIsNoJsonIsNamed() {
    assertThatThrownBy(() -> ServerLog.parse(Stream.of("<html>")))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("<html>");
  }
}
