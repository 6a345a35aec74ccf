package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on a disk of 2,200 KiB, of which a run reserves 2,048. */
@Tag("chaos")
class FullDiskTest {
  @TempDir private Path folder;

  /** In a place of its own, where the disk is mounted; what is on it in the end is copied. */
  private Process inside(String script) throws IOException {
    Files.createDirectories(folder.resolve("disk"));
    return new ProcessBuilder(
            "unshare",
            "--user",
            "--map-root-user",
            "--mount",
            "sh",
            "-c",
            "mount -t tmpfs -o size=2200k tmpfs disk && { %s; code=$?; cp -aT disk copy; exit $code; }"
                .formatted(script))
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("out").toFile())
        .start();
  }

  @Test
  void aRunThatFillsTheDiskEndsWithItsResultAndSaysWhy() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/unshare")), "no unshare");
    assumeTrue(inside("true").waitFor() == 0, "no disk can be mounted here");
    Process run =
        inside(
            "%s %s run --quiet --output disk".formatted(TestJvm.line(), Streamgauge.class.getName())
                + " --duration 10m --max-tokens 5 --set ttft=5ms --set itl=1ms");

    try {
      assertThat(run.waitFor(150, TimeUnit.SECONDS)).isTrue();
    } finally {
      run.destroyForcibly();
    }
    String out = Files.readString(folder.resolve("out"));
    assertThat(run.exitValue()).as(out).isEqualTo(1);
    assertThat(out)
        .contains("=== RESULTS FOR sim ===", "streamgauge run: cannot write ", "No space left");
    ResultFiles files = new ResultFiles(folder.resolve("copy"));
    JsonNode result = files.json();
    assertThat(result.at("/run/status").textValue()).isEqualTo("failed");
    assertThat(result.at("/run/failure").textValue()).contains("cannot write ", "No space left");
    assertThat(result.at("/levels/0/metrics/output_tps").doubleValue()).isPositive();
    assertThat(files.requests())
        .isNotEmpty()
        .hasSize(result.at("/levels/0/metrics/requests/total").intValue());
    assertThat(files.summary()).hasSize(2);
  }
}
