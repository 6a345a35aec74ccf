package io.streamgauge.controller.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.controller.result.finding.Finding;
import io.streamgauge.controller.result.finding.FindingCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EarlyFindingsTest {
  private static final Finding WARM =
      new Finding(FindingCode.CACHE_WARM, Finding.Severity.WARNING, "warm");

  private final List<Promise<List<Finding>>> looks = new ArrayList<>();
  private long now = Long.MAX_VALUE - 1; // a monotonic clock may begin anywhere

  private Future<List<Finding>> look() {
    looks.add(Promise.promise());
    return looks.getLast().future();
  }

  @Test
  void whatWasFoundLastIsToldUntilTheNextLookIsOver() {
    EarlyFindings findings = new EarlyFindings(this::look, () -> now);
    assertThat(findings.latest()).isEmpty();
    looks.getFirst().complete(List.of(WARM));
    assertThat(findings.latest()).containsExactly(WARM);

    now += EarlyFindings.EVERY;
    assertThat(findings.latest()).containsExactly(WARM);
    now += 100 * EarlyFindings.EVERY;
    assertThat(findings.latest()).containsExactly(WARM);
    assertThat(looks).as("one after the other").hasSize(2);
    looks.getLast().complete(List.of());
    assertThat(findings.latest()).isEmpty();
  }

  @Test
  void theLongerALookTakesTheLaterTheNextOneIs() {
    EarlyFindings findings = new EarlyFindings(this::look, () -> now);
    for (long took : List.of(0L, EarlyFindings.EVERY / 100, EarlyFindings.EVERY)) {
      looks.clear();
      findings.latest();
      now += took;
      looks.getFirst().complete(List.of());

      now += Math.max(EarlyFindings.EVERY - took, EarlyFindings.REST * took) - 1;
      findings.latest();
      assertThat(looks).as("just before it is due").hasSize(1);
      now++;
      findings.latest();
      assertThat(looks).as("when it is due").hasSize(2);
      looks.getLast().complete(List.of());
      now += EarlyFindings.EVERY;
    }
  }

  static Stream<Supplier<Future<List<Finding>>>> failures() {
    return Stream.of(
        () -> Future.failedFuture(new AssertionError("a bug")),
        () -> {
          throw new IllegalStateException("a bug");
        });
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aLookThatFailsIsTheLastAndWhatWasFoundStays(Supplier<Future<List<Finding>>> failure) {
    List<Supplier<Future<List<Finding>>>> answers =
        new ArrayList<>(List.of(() -> Future.succeededFuture(List.of(WARM)), failure));
    EarlyFindings findings = new EarlyFindings(() -> answers.removeFirst().get(), () -> now);
    for (int i = 0; i < 5; i++) {
      findings.latest();
      assertThat(findings.latest()).containsExactly(WARM);
      now += EarlyFindings.EVERY;
    }
    assertThat(answers).isEmpty();
  }
}
