package io.streamgauge.controller.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.streamgauge.common.histogram.TokenSeries;
import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.message.RunEvent;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.slo.Slos;
import io.streamgauge.controller.engine.EngineMean.ClientMean;
import io.streamgauge.controller.engine.EngineReport;
import io.streamgauge.controller.gpu.GpuResult;
import io.streamgauge.controller.gpu.GpuTotal;
import io.streamgauge.controller.gpu.GpuWindow;
import io.streamgauge.controller.log.LostAgent;
import io.streamgauge.controller.result.capacity.Attainment;
import io.streamgauge.controller.result.error.ClientErrors;
import io.streamgauge.controller.result.finding.EngineFindings;
import io.streamgauge.controller.result.finding.Finding;
import io.streamgauge.controller.result.finding.Finding.Severity;
import io.streamgauge.controller.result.finding.FindingCode;
import io.streamgauge.controller.result.finding.Findings;
import io.streamgauge.controller.result.finding.GpuFindings;
import io.streamgauge.controller.result.finding.Validity;
import io.streamgauge.controller.result.metrics.Goodput;
import io.streamgauge.controller.result.metrics.Metrics;
import io.streamgauge.controller.result.metrics.ModelMetrics;
import io.streamgauge.controller.result.metrics.Quantiles;
import io.streamgauge.controller.result.metrics.SessionReport;
import io.streamgauge.controller.result.window.LevelCourse;
import io.streamgauge.controller.result.window.LevelWindows;
import io.streamgauge.controller.result.window.SteadyState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The result of one level; {@code goodput} is absent where no objective limits a request, {@code
 * startSpreadMs} where no agent told when it began, {@code gpuTotal} where no GPU was sampled,
 * {@code engine} where nobody asked the server what it tells of itself, {@code models} where
 * requests asked for one model, {@code sessions} where nothing was sent in turns, {@code replay}
 * where no trace was sent, {@code attainment} where the most load is not sought. {@code tokens} are
 * all that arrived, by time.
 */
public record LevelResult(
    String name,
    Level load,
    Metrics metrics,
    Optional<Map<String, ModelMetrics>> models,
    Optional<SessionReport> sessions,
    SteadyState steadyState,
    ClientReport client,
    List<SloCheck> slo,
    Optional<Goodput> goodput,
    Optional<Double> startSpreadMs,
    List<LostAgent> lostAgents,
    List<GpuResult> gpu,
    Optional<GpuTotal> gpuTotal,
    Optional<EngineReport> engine,
    Optional<ReplayReport> replay,
    Optional<Attainment> attainment,
    Validity validity,
    @JsonIgnore TokenSeries tokens) {

  public static LevelResult of(LevelEvidence evidence, Slos slos, Optional<Attainment> attainment) {
    LevelWindows windows = LevelWindows.of(evidence);
    LevelCourse course = LevelCourse.of(evidence, windows);
    Metrics metrics = Metrics.of(evidence, windows);
    ClientReport client = ClientReport.of(evidence, windows);
    ClientErrors errors = ClientErrors.of(evidence, metrics, slos);
    GpuWindow window =
        new GpuWindow(
            windows.whole(),
            metrics.outputTps() * metrics.durationS(),
            metrics.totalTps() * metrics.durationS());
    List<GpuResult> gpus = evidence.gpus().stream().map(gpu -> GpuResult.of(gpu, window)).toList();
    Optional<EngineReport> engine =
        evidence
            .engine()
            .map(
                told ->
                    EngineReport.of(
                        told,
                        windows.whole(),
                        mean(metrics.of(Metric.TTFT)),
                        mean(metrics.of(Metric.ITL))));
    return new LevelResult(
        evidence.level().name(),
        evidence.level(),
        metrics,
        ModelMetrics.of(evidence, windows),
        SessionReport.of(evidence.tally().sessions()),
        SteadyState.of(evidence, windows, course),
        client,
        slos.all().stream().map(slo -> SloCheck.of(slo, evidence, metrics.requests())).toList(),
        Goodput.of(evidence, windows),
        evidence.attendance().spreadMs(),
        evidence.attendance().lost(),
        gpus,
        GpuTotal.of(gpus, window),
        engine,
        ReplayReport.of(evidence),
        attainment,
        Validity.of(
            evidence,
            errors,
            Stream.of(
                    Findings.of(evidence, windows, course, metrics, client, errors).stream(),
                    EngineFindings.of(engine, errors),
                    GpuFindings.of(evidence, gpus))
                .flatMap(findings -> findings)
                .toList()),
        evidence.tokens());
  }

  private static ClientMean mean(Quantiles quantiles) {
    return new ClientMean(quantiles.count(), quantiles.mean());
  }

  /** Whether load of the level is missing since an agent was lost. */
  @JsonIgnore
  public boolean degraded() {
    return lostAgents.stream().anyMatch(agent -> !agent.beforeTheStart());
  }

  /** Whether its numbers are void because the client was the bottleneck. */
  @JsonIgnore
  public boolean clientBound() {
    return validity.findings().stream()
        .anyMatch(one -> one.code() == FindingCode.CLIENT_LAG && one.severity() == Severity.VOID);
  }

  /** The first finding of that code. */
  public Optional<Finding> finding(FindingCode code) {
    return validity.findings().stream().filter(finding -> finding.code() == code).findFirst();
  }

  /** What those who follow the run are told. */
  public RunEvent.LevelEnded ended(String runId, String backend) {
    return new RunEvent.LevelEnded(
        runId,
        backend,
        name,
        validity.valid(),
        validity.findings().stream().map(Finding::flag).toList());
  }
}
