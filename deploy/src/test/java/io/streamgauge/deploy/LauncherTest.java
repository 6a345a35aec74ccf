package io.streamgauge.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"63m", "0", "abc", "1.5g", "-1g", "1g1g", "99999999999999999999g", "1g;ls"})
  void aHeapThatIsNoneIsToldInWordsBeforeAnythingStarts(String heap)
      throws IOException, InterruptedException {
    ProcessBuilder launcher =
        new ProcessBuilder(Path.of("..", "streamgauge").toString(), "--version")
            .redirectErrorStream(true);
    launcher.environment().put("STREAMGAUGE_HEAP", heap);
    Process process = launcher.start();

    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
        .isEqualTo(
            "streamgauge: STREAMGAUGE_HEAP: %s is not valid, expected a size from 64m to 1024g such"
                    .formatted(heap)
                + " as 512m or 2g\n");
    assertThat(process.waitFor()).isEqualTo(2);
  }
}
