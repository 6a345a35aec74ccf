package io.streamgauge.agent.cli;

import io.streamgauge.agent.calibrate.CalibrationStore;
import io.streamgauge.agent.calibrate.Trial;
import io.streamgauge.agent.client.Wires;
import io.streamgauge.agent.level.WarmUp;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.agent.HostCalibration;
import io.streamgauge.common.agent.StampSource;
import io.streamgauge.common.json.Durations;
import io.streamgauge.common.node.Node;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures this host as a load host. */
@Command(
    name = "calibrate",
    description = {
      "Measures this host as a load host: what one lane can take, and its own error.",
      "A lane reads a simulated engine on loopback at 50 events per second and stream; each stamp"
          + " is held against the engine's log. The calibrations are kept for the runs to come."
    })
public final class CalibrateCommand implements Callable<Integer> {
  private static final int HIGHEST = 20_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--streams",
      split = ",",
      paramLabel = "N",
      description = "Streams open at once, one trial each. Default: 16,64,256,1024.")
  private List<Integer> streams = List.of(16, 64, 256, 1_024);

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "Length of a trial. Default: 5s.")
  private String duration = "5s";

  @Override
  public Integer call() {
    Duration length = Durations.parse("duration", duration);
    streams.forEach(CalibrateCommand::check);
    PrintWriter out = spec.commandLine().getOut();
    Vertx vertx = Node.local();
    try {
      WarmUp.thoroughly(vertx).await();
      out.println(
          "streams   events/s   CPU us/event   error p50 ms   error p99 ms   lane takes events/s");
      StampSource stamps = Wires.stamps(vertx);
      CalibrationStore store = CalibrationStore.ofUser();
      for (int count : streams) {
        HostCalibration calibration = Trial.run(vertx, count, stamps, length).await();
        store.keep(calibration);
        out.println(row(calibration));
        out.flush();
      }
    } finally {
      vertx.close().await();
    }
    return 0;
  }

  private static void check(int count) {
    if (count < 1 || count > HIGHEST) {
      throw new PlanException("streams", count, "a number from 1 to " + HIGHEST);
    }
  }

  private static String row(HostCalibration calibration) {
    return String.format(
        Locale.ROOT,
        "%7d %10.0f %14.2f %14.3f %14.3f %21.0f",
        calibration.streams(),
        calibration.eventsPerSecond(),
        calibration.cpuMicrosPerEvent(),
        calibration.errorP50Ms(),
        calibration.errorP99Ms(),
        calibration.laneCapacity());
  }
}
