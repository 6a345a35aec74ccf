package io.streamgauge.controller.result.tally;

import io.streamgauge.common.histogram.DistributionRecorder;
import io.streamgauge.common.measure.Fluidity;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.plan.slo.Deadlines;
import io.streamgauge.controller.result.metrics.FluidityReport;
import io.streamgauge.controller.result.window.Offered;

/** Adds up how fluid the whole answers of a level are. */
final class FluidityTally {
  private final Deadlines deadlines;
  private final DistributionRecorder leastDeadlines = new DistributionRecorder();
  private double sum;
  private long fluid;
  private long tokenless;

  FluidityTally(Deadlines deadlines) {
    this.deadlines = deadlines;
  }

  /** Takes one whole answer. */
  void add(RequestRecord answer) {
    answer.fluidity().ifPresentOrElse(index -> add(answer, index), () -> tokenless++);
  }

  private void add(RequestRecord answer, double index) {
    sum += index;
    fluid += index >= Fluidity.ENOUGH ? 1 : 0;
    if (answer.delivery().leastDeadline() != RequestRecord.NONE) {
      leastDeadlines.record(answer.delivery().leastDeadline());
    }
  }

  FluidityReport report(Offered offered) {
    return FluidityReport.of(
        deadlines, offered.total() - tokenless, sum, fluid, leastDeadlines.snapshot());
  }
}
