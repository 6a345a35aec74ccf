package io.streamgauge.agent.level;

import io.streamgauge.common.agent.ClientStats;
import io.streamgauge.common.agent.HostCalibration;
import io.streamgauge.common.agent.TargetProbe;
import io.streamgauge.common.clock.ClockReading;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.message.AgentCommand.Prepare;
import io.streamgauge.common.message.AgentEvent.Early;
import io.streamgauge.common.message.AgentEvent.Failed;
import io.streamgauge.common.message.AgentEvent.Finished;
import io.streamgauge.common.message.AgentEvent.Prepared;
import io.streamgauge.common.message.AgentEvent.Progress;
import io.streamgauge.common.message.AgentEvent.RecordBatch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What an agent tells the controller of one level. */
record LevelEvents(Prepare order, String agent) {
  String run() {
    return order.runId();
  }

  String level() {
    return order.level().name();
  }

  Prepared prepared(TargetProbe probe, Optional<HostCalibration> host) {
    return new Prepared(run(), agent, level(), order.attempt(), probe, host);
  }

  RecordBatch batch(long number, List<RequestRecord> records) {
    return new RecordBatch(run(), agent, level(), number, records);
  }

  Progress progress(LaneSums sums) {
    return new Progress(
        run(),
        agent,
        level(),
        sums.counts(),
        sums.inFlight(),
        sums.arrived(),
        sums.ttft(),
        sums.gaps().itl());
  }

  Finished finished(
      LaneSums sums,
      ClientStats client,
      Optional<Instant> startedAt,
      ClockReading clock,
      Optional<Early> early) {
    return new Finished(
        run(), agent, level(), client, sums.gaps(), sums.tokens(), startedAt, clock, early);
  }

  Failed failed(String reason) {
    return new Failed(run(), agent, reason);
  }
}
