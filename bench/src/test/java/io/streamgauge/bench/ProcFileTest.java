package io.streamgauge.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProcFileTest {
  @Test
  void childrenCpuIsUserAndSystemTimeInTicksOfAHundredth() {
    String stat =
        "4711 (java) S 1 4711 4711 0 -1 4194560 5 6 7 8 900 80 1234 66 20 0 30 0 1234 5678 9";

    assertThat(ProcFile.childrenCpuSeconds(stat)).isEqualTo(13.0);
  }

  @Test
  void aNameWithBlanksAndBracketsShiftsNothing() {
    String stat = "4711 (a) b (c) S 1 4711 4711 0 -1 4194560 5 6 7 8 900 80 1234 66 20 0 30 0\n";

    assertThat(ProcFile.childrenCpuSeconds(stat)).isEqualTo(13.0);
  }

  @Test
  void peakMemoryIsTheHighWaterMark() {
    List<String> status = List.of("Name:\tjava", "VmHWM:\t  132456 kB", "VmRSS:\t    1000 kB");

    assertThat(ProcFile.peakKibibytes(status)).hasValue(132_456);
  }

  @Test
  void anEndedProcessHasNoPeak() {
    assertThat(ProcFile.peakKibibytes(List.of("Name:\tjava", "State:\tZ (zombie)")))
        .isEqualTo(OptionalLong.empty());
  }

  @Test
  void theCpuTimeOfAnEndedChildIsCounted() throws Exception {
    double before = ProcFile.endedChildrenCpuSeconds();

    new ProcessBuilder("sh", "-c", "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done")
        .start()
        .waitFor();

    assertThat(ProcFile.endedChildrenCpuSeconds()).isGreaterThan(before);
  }
}
