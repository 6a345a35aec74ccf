package io.streamgauge.common.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheFolderTest {
  @Test
  void anEmptyVariableIsAsOneThatIsNotThere() {
    assertThat(CacheFolder.path(Map.of(), "/home/me"))
        .isEqualTo(Path.of("/home/me/.cache/streamgauge"));
    assertThat(CacheFolder.path(Map.of("XDG_CACHE_HOME", "", "STREAMGAUGE_CACHE", ""), "/home/me"))
        .isEqualTo(Path.of("/home/me/.cache/streamgauge"));
    assertThat(CacheFolder.path(Map.of("XDG_CACHE_HOME", "/x"), "/home/me"))
        .isEqualTo(Path.of("/x/streamgauge"));
    assertThat(
            CacheFolder.path(Map.of("XDG_CACHE_HOME", "/x", "STREAMGAUGE_CACHE", "/y"), "/home/me"))
        .isEqualTo(Path.of("/y"));
  }
}
