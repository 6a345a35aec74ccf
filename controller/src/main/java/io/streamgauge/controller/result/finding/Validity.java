package io.streamgauge.controller.result.finding;

import io.streamgauge.controller.result.LevelEvidence;
import io.streamgauge.controller.result.finding.Finding.Severity;
import java.util.List;

/** Whether a level's numbers can be used, and what is to be known about them. */
public record Validity(boolean valid, String workload, List<Finding> findings) {
  public Validity {
    findings = List.copyOf(findings);
  }

  public static Validity of(LevelEvidence evidence, List<Finding> findings) {
    return new Validity(
        findings.stream().noneMatch(finding -> finding.severity() == Severity.VOID),
        evidence.workload(),
        findings);
  }
}
