package io.streamgauge.controller.report.html;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.measure.Metric;
import io.streamgauge.controller.log.RunLog;
import io.streamgauge.controller.report.console.Verdict;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.RunResult;
import io.streamgauge.controller.result.finding.Finding;
import io.streamgauge.controller.result.metrics.Quantiles;
import io.streamgauge.controller.result.sweep.Knee;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A run as one HTML file. */
public final class HtmlReport {
  private static final List<Metric> CURVES =
      List.of(Metric.TTFT, Metric.E2E, Metric.ITL, Metric.TPOT, Metric.TTFT_DUE, Metric.E2E_DUE);

  /**
   * The page of a run, whose log is read once more.
   *
   * @throws IOException when the log cannot be read
   */
  public static byte[] of(RunResult result, Path log) throws IOException {
    RunSeries course = new RunSeries();
    RunLog.read(log, course::take);
    return HtmlPage.of(
        data(result, course),
        "report/marks.js",
        "report/sweep.js",
        "report/level.js",
        "report/page.js");
  }

  private static ObjectNode data(RunResult result, RunSeries course) {
    ObjectNode data = Json.MAPPER.createObjectNode();
    data.set("result", withoutHistograms(Json.MAPPER.valueToTree(result)));
    data.put("verdict", Verdict.of(result));
    switch (Knee.of(result)) {
      case Knee.At(LevelResult level, var _) -> data.putObject("knee").put("level", level.name());
      case Knee.None(String why) -> data.putObject("knee").put("none", why);
    }
    ObjectNode courses = data.putObject("courses");
    ObjectNode codes = data.putObject("codes");
    for (LevelResult level : result.levels()) {
      course.level(level.name()).ifPresent(of -> courses.set(level.name(), course(level, of)));
      level.validity().findings().forEach(finding -> explain(codes, finding));
    }
    return data;
  }

  private static ObjectNode course(LevelResult level, LevelSeries of) {
    ObjectNode json = of.json(level.tokens());
    ObjectNode curves = json.putObject("curves");
    for (Metric metric : CURVES) {
      Quantiles quantiles = level.metrics().of(metric);
      if (quantiles.count() > 0) {
        curves.set(metric.key(), PercentileCurve.of(Distribution.ofHdr(quantiles.hdr())));
      }
    }
    return json;
  }

  private static void explain(ObjectNode codes, Finding finding) {
    codes
        .putObject(finding.code().label())
        .put("meaning", finding.code().meaning())
        .put("remedy", finding.code().remedy());
  }

  /** Histograms are for merging; the page has their curves. */
  private static ObjectNode withoutHistograms(ObjectNode json) {
    json.findParents("hdr").forEach(parent -> ((ObjectNode) parent).remove("hdr"));
    return json;
  }

  private HtmlReport() {}
}
