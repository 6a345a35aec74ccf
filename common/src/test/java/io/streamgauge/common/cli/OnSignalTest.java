package io.streamgauge.common.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OnSignalTest {
  /** A process that is told to end when its task is on and, elsewhere, its work is just done. */
  public static final class Ending {
    public static void main(String[] args) {
      OnSignal first = OnSignal.call(() -> {});
      OnSignal.call(
          () -> {
            first.close();
            OnSignal.call(() -> {});
            System.out.println("let through");
          });
      System.exit(7);
    }
  }

  @Test
  void inAProcessThatEndsAlreadyNeitherACallNorItsEndFails() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Ending.class.getName())
            .redirectErrorStream(true)
            .start();

    assertThat(process.inputReader().readAllLines()).containsExactly("let through");
    assertThat(process.onExit().join().exitValue()).isEqualTo(7);
  }
}
