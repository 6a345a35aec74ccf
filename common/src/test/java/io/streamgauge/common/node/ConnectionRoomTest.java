package io.streamgauge.common.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionRoomTest {
  @ParameterizedTest(name = "of {0} files, {1} in use, {2} connections may be open")
  @CsvSource({"1024,100,824", "256,100,124", "20000,60,19840", "64,100,0"})
  void someFilesAreKeptForTheRest(long files, long others, long connections) {
    assertThat(ConnectionRoom.of(files, others, 28_000).connections()).isEqualTo(connections);
  }

  @Test
  void whatIsLackingIsToldInNumbers() {
    ConnectionRoom room = ConnectionRoom.of(40_000, 100, 28_232);

    assertThat(room.lack(28_232, 1)).isEmpty();
    assertThat(room.lack(28_233, 1).orElseThrow()).contains("28,233", "28,232 local ports");
    assertThat(room.lack(39_801, 1).orElseThrow())
        .contains("39,801", "may have 39,800", "limit of open files 40,000", "ulimit -n 40001");
    assertThat(room.lack(20_000, 2).orElseThrow())
        .contains("20,000", "both ends", "ulimit -n 40200");
  }

  @Test
  void thisProcessHasRoom() {
    assertThat(ConnectionRoom.look().connections()).isPositive();
    assertThat(ConnectionRoom.look().ports()).isPositive();
  }
}
