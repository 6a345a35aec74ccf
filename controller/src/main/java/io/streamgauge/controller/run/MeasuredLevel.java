package io.streamgauge.controller.run;

import io.streamgauge.controller.engine.EngineEvidence;
import io.streamgauge.controller.gpu.GpuEvidence;
import io.streamgauge.controller.log.LevelSetting;
import io.streamgauge.controller.log.RunFacts;
import io.streamgauge.controller.result.LevelEvidence;
import io.streamgauge.controller.result.LevelResult;
import java.util.List;
import java.util.Optional;

/**
 * A level that is over; what a lost agent still delivers afterwards goes into its sums, so its
 * result is taken when the run ends.
 *
 * @param workload the hash of what was to be sent
 * @param stopped why it ended before its work was done
 * @param gpus what they did meanwhile
 * @param engine what the target told of itself
 */
record MeasuredLevel(
    LevelSums sums,
    LevelSetting setting,
    String workload,
    Optional<String> stopped,
    List<GpuEvidence> gpus,
    Optional<EngineEvidence> engine) {
  MeasuredLevel {
    gpus = List.copyOf(gpus);
  }

  MeasuredLevel stopped(Optional<String> why) {
    return new MeasuredLevel(sums, setting, workload, why, gpus, engine);
  }

  LevelResult result(RunFacts facts) {
    return LevelResult.of(
        new LevelEvidence(
            sums.level(),
            facts.plan().requestOf(facts.backend()),
            sums.tally(),
            sums.models(),
            sums.clients(),
            sums.certificates(),
            sums.gaps(),
            sums.tokens(),
            setting,
            sums.attendance(),
            workload,
            stopped,
            facts.plan().maxClientError(),
            facts.ownEngine(),
            gpus,
            engine),
        facts.plan().slo());
  }
}
