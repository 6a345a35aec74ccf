package io.streamgauge.agent.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.agent.AgentOptions;
import io.streamgauge.common.agent.HostCalibration;
import io.streamgauge.common.agent.StampSource;
import io.streamgauge.common.node.Node;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.Load;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.common.plan.load.Share;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationTest {
  private static final Share WHOLE = new Share(0, 1, 1);
  @TempDir Path folder;

  @Test
  void theFirstAskingTriesTheHostAndTheNextOnesAreTold() {
    Vertx vertx = Node.local();
    try {
      Calibration calibration = new Calibration(vertx, new CalibrationStore(folder));
      Future<HostCalibration> first = calibration.of(closed(10), WHOLE, StampSource.KERNEL);
      Future<HostCalibration> meanwhile = calibration.of(closed(16), WHOLE, StampSource.KERNEL);

      HostCalibration certificate = first.timeout(60, TimeUnit.SECONDS).await();

      assertThat(meanwhile.timeout(60, TimeUnit.SECONDS).await()).isEqualTo(certificate);
      assertThat(certificate.streams()).isEqualTo(16);
      assertThat(certificate.host()).isEqualTo(AgentOptions.host());
      // Sixteen streams, each with at least one answer of forty tokens.
      assertThat(certificate.events()).isGreaterThanOrEqualTo(16 * 40);
      assertThat(certificate.errorP50Ms()).isPositive();
      assertThat(certificate.errorP99Ms()).isGreaterThanOrEqualTo(certificate.errorP50Ms());
      assertThat(certificate.cpuMicrosPerEvent()).isPositive();
      assertThat(new CalibrationStore(folder).find(16, StampSource.KERNEL)).contains(certificate);
    } finally {
      vertx.close().await();
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1,16", "16,1,16", "17,1,64", "20,2,16", "1000,1,1024", "90000,4,1024"})
  void itIsTriedWithTheStreamsOfOneLane(int concurrency, int lanes, int streams) {
    assertThat(Calibration.streams(closed(concurrency), new Share(0, 1, lanes))).isEqualTo(streams);
  }

  @Test
  void anOpenLoopHoldsNoMoreThanItsCap() {
    assertThat(Calibration.streams(open(500, Optional.empty()), WHOLE)).isEqualTo(1_024);
    assertThat(Calibration.streams(open(500, Optional.of(50)), WHOLE)).isEqualTo(64);
  }

  private static Level closed(int concurrency) {
    return level(new ClosedLoop(concurrency, Optional.empty()));
  }

  private static Level open(double rate, Optional<Integer> cap) {
    return level(new OpenLoop(rate, new Arrival.Poisson(), cap));
  }

  private static Level level(Load load) {
    return new Level("level", load, Extent.of(1), false);
  }
}
