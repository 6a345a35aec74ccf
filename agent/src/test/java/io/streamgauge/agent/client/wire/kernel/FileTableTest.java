package io.streamgauge.agent.client.wire.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.node.ConnectionRoom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class FileTableTest {
  private static final String SIZE = "FDSize:";

  /** As the kernel counts its table (proc(5)). */
  private static long size() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(SIZE))
        .mapToLong(line -> Long.parseLong(line.substring(SIZE.length()).strip()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theTableHasRoomForTheConnectionsOfALoadBeforeItBegins() throws IOException {
    assertThat(FileTable.enlarge()).isTrue();
    assertThat(size()).isGreaterThanOrEqualTo(Math.min(1 << 16, ConnectionRoom.current().files()));
  }
}
