package io.streamgauge.controller.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultHeadTest {
  private static final String QUANTILES = "{\"p50\": 1.0}";

  @TempDir private Path directory;

  private ResultHead head(String plan, long failed, String slo, String findings)
      throws IOException {
    Path file = directory.resolve("result.json");
    Files.writeString(
        file,
        """
        {"schema": "streamgauge.result/1", %s
         "run": {"id": "r", "name": "n", "backend": "b", "model": "m", "started_at": "s",
                 "ended_at": "e", "status": "completed"},
         "levels": [{"name": "c8", %s
                     "metrics": {"requests": {"total": 200, "failed": %d}, "output_tps": 1.0,
                                 "ttft_ms": %4$s, "itl_ms": %4$s, "e2e_ms": %4$s},
                     "validity": {"valid": %5$b, "findings": [%6$s]}}]}
        """
            .formatted(plan, slo, failed, QUANTILES, findings.isEmpty(), findings));
    return ResultHead.read(file).orElseThrow();
  }

  @Test
  void aRunAgainstWhichNothingSpeaksHasPassed() throws IOException {
    ResultHead head =
        head(
            "\"plan\": {\"max_failed\": \"1%\", \"seed\": 1},",
            2, "\"slo\": [{\"objective\": \"ttft_p99\", \"limit_ms\": 5.0, \"met\": true}],", "");

    assertThat(head.passed()).isTrue();
    assertThat(head.words()).isEqualTo("carried through");
  }

  @Test
  void aMissedObjectiveTooManyFailuresAndAVoidLevelSpeakAgainstIt() throws IOException {
    ResultHead head =
        head(
            "\"plan\": {\"max_failed\": \"0.5%\"},",
            2,
            "\"slo\": [{\"objective\": \"ttft_p99\", \"met\": false}],",
            "{\"code\": \"client_lag\", \"severity\": \"void\"}");

    assertThat(head.passed()).isFalse();
    assertThat(head.words())
        .isEqualTo(
            "carried through; 2 of 200 requests failed at c8; missed: ttft_p99 at c8;"
                + " void: client_lag");
  }

  @Test
  void aResultOfBeforeThatNamesNoLimitIsHeldAgainstTheUsualOne() throws IOException {
    assertThat(head("", 2, "", "").passed()).isTrue();
    assertThat(head("", 3, "", "").words())
        .isEqualTo("carried through; 3 of 200 requests failed at c8");
  }
}
