package io.streamgauge.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.message.RunEvent;
import io.streamgauge.common.message.RunEvent.LiveStats;
import io.streamgauge.common.message.RunEvent.Totals;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleTest {
  private static final String BLOCK =
      """

      Verdict:        valid | no request failed
      === RESULTS FOR vllm ===
      SLO:            ttft_p99 MISSED: 9.00 ms, limit 5.00 ms
      warning:        same_host: one host
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private Console console(Screen screen, ConsoleOptions options) {
    return new Console("run", new PrintWriter(out), new PrintWriter(err), options, screen);
  }

  private static Screen screen(boolean terminal, Map<String, String> environment) {
    return Screen.of(terminal, true, false, environment, () -> OptionalInt.of(60));
  }

  private static LiveStats after(int seconds, long failed) {
    return new LiveStats(
        "run",
        "vllm",
        "c20",
        Duration.ofSeconds(seconds),
        seconds,
        20,
        failed,
        Optional.of(40L),
        100,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        new Totals(Map.of(), 0, 0, seconds * 100L, 0, 0, 0, 0));
  }

  private static RunEvent.Written written() {
    return new RunEvent.Written(
        "run", "vllm", Optional.empty(), "completed", "a.json", "all\n", BLOCK);
  }

  @Test
  void withoutATerminalThereIsALineEveryTenSecondsOnStderrAndNoneOnStdout() {
    Console console = console(screen(false, Map.of()), new ConsoleOptions());
    for (int second = 1; second <= 35; second++) {
      console.show(after(second, 0));
    }

    assertThat(err.toString().lines())
        .hasSize(4)
        .allMatch(line -> line.startsWith("[vllm c20 0:"))
        .noneMatch(line -> line.contains("\u001b"));
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void onATerminalTheLineIsRewrittenWithinItsWidthAndFailuresAreRed() {
    Console console = console(screen(true, Map.of()), new ConsoleOptions());
    console.show(after(1, 0));
    console.show(after(2, 3));

    assertThat(err.toString()).contains("100 tok/s", "\u001b[31m3 failed\u001b[0m");
    assertThat(err.toString().split("\r", -1))
        .hasSize(3)
        .allMatch(line -> line.replaceAll("\u001b\\[[?0-9]*[a-zA-Z]", "").length() <= 60);
  }

  @Test
  void coloursTellWhatHoldsWhatIsToBeMindedAndWhatIsWrong() {
    console(screen(true, Map.of()), new ConsoleOptions()).show(written());

    assertThat(out.toString())
        .contains(
            "\u001b[32mVerdict:        valid | no request failed\u001b[0m\n",
            "\u001b[31mSLO:            ttft_p99 MISSED: 9.00 ms, limit 5.00 ms\u001b[0m\n",
            "\u001b[33mwarning:        same_host: one host\u001b[0m\n",
            "\n=== RESULTS FOR vllm ===\n");
  }

  @ParameterizedTest
  @CsvSource({"true,NO_COLOR,1", "true,TERM,dumb", "false,TERM,xterm"})
  void thereAreNoColoursWhereNoneAreWantedOrNoTerminalIs(
      boolean terminal, String name, String value) {
    console(screen(terminal, Map.of(name, value)), new ConsoleOptions()).show(written());

    assertThat(out.toString()).startsWith(BLOCK).doesNotContain("\u001b");
  }

  @Test
  void moreIsShownToWhoAsksForIt() {
    ConsoleOptions options = new ConsoleOptions();
    options.verbose = true;
    console(screen(false, Map.of()), options).show(written());

    assertThat(out.toString()).startsWith("all\nResults: ");
  }

  @Test
  void theWidthIsThatOfTheEnvironmentElseOfTheTerminalElseEightyColumns() {
    assertThat(screen(true, Map.of("COLUMNS", "20")).width()).isEqualTo(20);
    assertThat(screen(true, Map.of("COLUMNS", "wide")).width()).isEqualTo(60);
    assertThat(Screen.of(true, true, false, Map.of(), OptionalInt::empty).width()).isEqualTo(80);
    assertThat(Screen.of(true, true, true, Map.of(), OptionalInt::empty).coloured()).isFalse();
  }
}
