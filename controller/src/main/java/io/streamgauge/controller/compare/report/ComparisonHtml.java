package io.streamgauge.controller.compare.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.measure.Metric;
import io.streamgauge.controller.compare.Comparison;
import io.streamgauge.controller.compare.Comparison.Pair;
import io.streamgauge.controller.compare.LevelComparison;
import io.streamgauge.controller.compare.Row.Compared;
import io.streamgauge.controller.compare.Side;
import io.streamgauge.controller.compare.Words;
import io.streamgauge.controller.report.html.HtmlPage;
import io.streamgauge.controller.report.html.PercentileCurve;
import io.streamgauge.controller.result.metrics.Quantiles;
import java.util.List;

/**
 * A comparison as one HTML file: of each metric the ratio with its interval, and the percentiles of
 * both sides, whose repeats are added up for them.
 */
public final class ComparisonHtml {
  private static final List<Metric> CURVES =
      List.of(Metric.TTFT, Metric.E2E, Metric.ITL, Metric.TPOT);

  /** {@code others} in the order of the comparison's pairs. */
  public static byte[] of(Comparison comparison, Side base, List<Side> others) {
    ObjectNode data = Json.MAPPER.createObjectNode();
    data.set("comparison", Json.MAPPER.valueToTree(comparison));
    var pairs = data.putArray("pairs");
    for (int i = 0; i < others.size(); i++) {
      Pair pair = comparison.pairs().get(i);
      ObjectNode one = pairs.addObject();
      one.put("name", ComparisonText.side(pair.other()));
      one.put("base", ComparisonText.side(comparison.base()));
      ObjectNode levels = one.putObject("levels");
      for (LevelComparison level : pair.levels()) {
        levels.set(level.level(), level(level, base, others.get(i)));
      }
    }
    return HtmlPage.of(data, "report/compare.js");
  }

  private static ObjectNode level(LevelComparison level, Side base, Side other) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    ObjectNode verdicts = json.putObject("verdicts");
    level.rows().stream()
        .filter(Compared.class::isInstance)
        .map(Compared.class::cast)
        .forEach(row -> verdicts.put(row.measure().label(), Words.verdict(row)));
    var uncompared = json.putArray("uncompared");
    Words.uncompared(level.rows()).forEach(uncompared::add);
    ObjectNode curves = json.putObject("curves");
    for (Metric metric : CURVES) {
      Distribution before = all(base, level.level(), metric);
      Distribution after = all(other, level.level(), metric);
      if (before.count() > 0 && after.count() > 0) {
        ObjectNode curve = curves.putObject(metric.label());
        curve.set("base", PercentileCurve.of(before));
        curve.set("new", PercentileCurve.of(after));
      }
    }
    return json;
  }

  private static Distribution all(Side side, String level, Metric metric) {
    return Distribution.sum(
        side.runs().stream()
            .flatMap(run -> run.result().levels().stream())
            .filter(one -> one.name().equals(level))
            .map(one -> one.metrics().of(metric))
            .filter(quantiles -> quantiles.count() > 0)
            .map(Quantiles::hdr)
            .map(Distribution::ofHdr)
            .toList());
  }

  private ComparisonHtml() {}
}
