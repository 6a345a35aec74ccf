package io.streamgauge.agent.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.agent.AgentOptions;
import io.streamgauge.common.agent.HostCalibration;
import io.streamgauge.common.agent.StampSource;
import io.streamgauge.common.node.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationStoreTest {
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  @TempDir Path folder;

  @Test
  void whatIsKeptIsFoundAgainForItsNumberOfStreams() {
    HostCalibration small = certificate(16, AgentOptions.host(), Version.TOOL, NOW);
    HostCalibration large = certificate(256, AgentOptions.host(), Version.TOOL, NOW);
    store().keep(small);
    store().keep(large);

    assertThat(store().find(16, StampSource.KERNEL)).contains(small);
    assertThat(store().find(256, StampSource.KERNEL)).contains(large);
    assertThat(store().find(64, StampSource.KERNEL)).isEmpty();
    assertThat(store().find(16, StampSource.USER)).isEmpty();
  }

  @Test
  void aNewerOneTakesThePlaceOfTheOld() {
    HostCalibration newer = certificate(16, AgentOptions.host(), Version.TOOL, NOW);
    store().keep(certificate(16, AgentOptions.host(), Version.TOOL, NOW.minusSeconds(60)));
    store().keep(newer);

    assertThat(store().find(16, StampSource.KERNEL)).contains(newer);
  }

  @Test
  void anotherHostsVersionsOrMonthsDoNotHoldHere() {
    for (HostCalibration foreign :
        new HostCalibration[] {
          certificate(16, "elsewhere", Version.TOOL, NOW),
          certificate(16, AgentOptions.host(), "another version", NOW),
          certificate(16, AgentOptions.host(), Version.TOOL, NOW.minus(Duration.ofDays(31)))
        }) {
      store().keep(foreign);

      assertThat(store().find(16, StampSource.KERNEL)).as(foreign.toString()).isEmpty();
    }
  }

  @Test
  void aFileOfSomethingElseIsMeasuredAnewAndReplaced() throws IOException {
    Files.writeString(folder.resolve("calibrations.json"), "[{\"streams\": 16}, nonsense");
    HostCalibration fresh = certificate(16, AgentOptions.host(), Version.TOOL, NOW);

    assertThat(store().find(16, StampSource.KERNEL)).isEmpty();
    store().keep(fresh);
    assertThat(store().find(16, StampSource.KERNEL)).contains(fresh);
  }

  @Test
  void whatCannotBeReadIsMeasuredAnewToo() throws IOException {
    Files.createDirectory(folder.resolve("calibrations.json"));

    assertThat(store().find(16, StampSource.KERNEL)).isEmpty();
    store().keep(certificate(16, AgentOptions.host(), Version.TOOL, NOW));
    try (var left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .allMatch(name -> name.equals("calibrations.json"));
    }
  }

  @Test
  void aFolderThatCannotBeWrittenLosesTheCertificateAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("a-file"), "");
    CalibrationStore store = new CalibrationStore(file.resolve("below"));

    store.keep(certificate(16, AgentOptions.host(), Version.TOOL, NOW));

    assertThat(store.find(16, StampSource.KERNEL)).isEmpty();
  }

  private CalibrationStore store() {
    return new CalibrationStore(folder);
  }

  private static HostCalibration certificate(int streams, String host, String version, Instant at) {
    return new HostCalibration(
        host,
        version,
        Runtime.version().toString(),
        StampSource.KERNEL,
        streams,
        100,
        800.5,
        9.5,
        0.05,
        0.2,
        at);
  }
}
