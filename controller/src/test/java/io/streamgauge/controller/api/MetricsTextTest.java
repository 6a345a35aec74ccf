package io.streamgauge.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.agent.AgentView;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.message.RunEvent.LiveStats;
import io.streamgauge.common.message.RunEvent.Totals;
import io.streamgauge.controller.book.RunState;
import io.streamgauge.controller.book.RunView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricsTextTest {
  private static final LiveStats LIVE =
      new LiveStats(
          "run",
          "vllm \"a\"",
          "c\\20\n",
          Duration.ofMillis(1_500),
          10,
          2,
          1,
          Optional.empty(),
          33.25,
          OptionalDouble.of(50),
          OptionalDouble.empty(),
          OptionalDouble.of(9.5),
          OptionalDouble.of(12),
          Optional.empty(),
          new Totals(
              Map.of(Outcome.OK, 9L, Outcome.TIMEOUT, 1L), 90, 300, 310, 9, 450, 291, 2_910));

  private static RunView run(RunState state, Optional<LiveStats> live) {
    return new RunView(
        "run",
        "nightly",
        state,
        Optional.empty(),
        Instant.EPOCH,
        Optional.of(Instant.EPOCH),
        Optional.empty(),
        List.of(),
        live,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private static AgentView agent(String id, AgentView.State state) {
    return new AgentView(
        id,
        Set.of("load"),
        Optional.of("h"),
        Optional.of(4),
        Optional.of(2),
        Optional.empty(),
        "1.0",
        Optional.of("25"),
        List.of(),
        List.of(),
        state,
        Optional.empty(),
        0.25,
        Optional.of(-1.5),
        Optional.of(0.5));
  }

  /** The format as its specification has it, and nothing that a lenient reader would let pass. */
  private static final class Parsed {
    private static final Pattern HELP = Pattern.compile("# HELP ([a-z_:][a-z0-9_:]*) (\\S.*\\.)");
    private static final Pattern TYPE =
        Pattern.compile("# TYPE ([a-z_:][a-z0-9_:]*) (gauge|counter|summary)");
    private static final Pattern SAMPLE =
        Pattern.compile("([a-z_:][a-z0-9_:]*)(\\{(.*)})? (-?[0-9.]+(E-?[0-9]+)?)");
    private static final Pattern LABEL =
        Pattern.compile("([a-z_][a-z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(,|$)");

    final Map<String, String> types = new HashMap<>();
    final Map<String, Double> samples = new HashMap<>();
    private String family = "";
    private String helped = "";

    Parsed(String text) {
      assertThat(text).endsWith("\n").doesNotContain("\r");
      text.lines().forEach(this::line);
    }

    private void line(String line) {
      Matcher help = HELP.matcher(line);
      Matcher type = TYPE.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (help.matches()) {
        helped = help.group(1);
        assertThat(types).as("told once: " + line).doesNotContainKey(helped);
      } else if (type.matches()) {
        family = type.group(1);
        assertThat(family).as("HELP before TYPE: " + line).isEqualTo(helped);
        types.put(family, type.group(2));
      } else {
        assertThat(sample.matches()).as(line).isTrue();
        sample(line, sample.group(1), Optional.ofNullable(sample.group(3)).orElse(""));
        assertThat(
                samples.put(
                    line.substring(0, line.lastIndexOf(' ')), Double.valueOf(sample.group(4))))
            .as("one sample of: " + line)
            .isNull();
      }
    }

    private void sample(String line, String name, String labels) {
      boolean summary = "summary".equals(types.get(family));
      assertThat(name)
          .as("within its family: " + line)
          .matches(summary ? family + "(_sum|_count)?" : family);
      Set<String> names = new HashSet<>();
      Matcher label = LABEL.matcher(labels);
      int end = 0;
      while (end < labels.length()) {
        assertThat(label.find(end) && label.start() == end).as(line).isTrue();
        assertThat(names.add(label.group(1))).as("no label twice: " + line).isTrue();
        end = label.end();
      }
      assertThat(names.contains("quantile")).as(line).isEqualTo(summary && name.equals(family));
    }
  }

  private static Parsed parsed(List<RunView> runs, AgentView... agents) {
    return new Parsed(MetricsText.of(runs, List.of(agents), 3));
  }

  @Test
  void theTextIsOfTheFormatWhetherARunIsOnOrNot() {
    List<List<RunView>> cases = new ArrayList<>();
    cases.add(List.of());
    cases.add(List.of(run(RunState.RUNNING, Optional.empty())));
    cases.add(
        List.of(run(RunState.RUNNING, Optional.of(LIVE)), run(RunState.QUEUED, Optional.empty())));
    for (List<RunView> runs : cases) {
      assertThat(
              parsed(
                      runs,
                      agent("a \"b\"\\", AgentView.State.PRESENT),
                      agent("c", AgentView.State.LOST))
                  .samples)
          .containsKey("streamgauge_runs{state=\"running\"}");
    }
  }

  @Test
  void namesCarryTheirUnitAndCountersTheirEnding() {
    Map<String, String> types =
        parsed(
                List.of(run(RunState.RUNNING, Optional.of(LIVE))),
                agent("a", AgentView.State.PRESENT))
            .types;

    types.forEach(
        (name, type) -> {
          assertThat(name.endsWith("_total")).as(name).isEqualTo(type.equals("counter"));
          if (name.matches(".*(elapsed|silence|offset|bound|uptime|ttft|itl).*")) {
            assertThat(name).endsWith("_seconds");
          }
        });
  }

  @Test
  void theLevelOfTheRunThatIsOnIsTold() {
    Map<String, Double> samples = parsed(List.of(run(RunState.RUNNING, Optional.of(LIVE)))).samples;
    String level = "backend=\"vllm \\\"a\\\"\",level=\"c\\\\20\\n\"";

    assertThat(samples)
        .containsEntry("streamgauge_run_info{run=\"run\",name=\"nightly\"}", 1.0)
        .containsEntry("streamgauge_level_elapsed_seconds{" + level + "}", 1.5)
        .containsEntry("streamgauge_requests_total{" + level + ",outcome=\"ok\"}", 9.0)
        .containsEntry("streamgauge_requests_total{" + level + ",outcome=\"timeout\"}", 1.0)
        .containsEntry("streamgauge_requests_in_flight{" + level + "}", 2.0)
        .containsEntry("streamgauge_input_tokens_total{" + level + "}", 90.0)
        .containsEntry("streamgauge_output_tokens_total{" + level + "}", 300.0)
        .containsEntry("streamgauge_output_tokens_per_second{" + level + "}", 33.25)
        .containsEntry("streamgauge_ttft_seconds{" + level + ",quantile=\"0.5\"}", 0.05)
        .doesNotContainKey("streamgauge_ttft_seconds{" + level + ",quantile=\"0.99\"}")
        .containsEntry("streamgauge_ttft_seconds_sum{" + level + "}", 0.45)
        .containsEntry("streamgauge_ttft_seconds_count{" + level + "}", 9.0)
        .containsEntry("streamgauge_itl_seconds{" + level + ",quantile=\"0.99\"}", 0.012)
        .containsEntry("streamgauge_itl_seconds_count{" + level + "}", 291.0);
  }

  @Test
  void agentsAreCountedByStateAndTheirClocksTold() {
    Map<String, Double> samples =
        parsed(
                List.of(),
                agent("a", AgentView.State.PRESENT),
                agent("b", AgentView.State.LOST),
                agent("c", AgentView.State.TURNED_AWAY))
            .samples;

    assertThat(samples)
        .containsEntry("streamgauge_agents{state=\"present\"}", 1.0)
        .containsEntry("streamgauge_agents{state=\"lost\"}", 1.0)
        .containsEntry("streamgauge_agents{state=\"left\"}", 0.0)
        .containsEntry("streamgauge_agents{state=\"turned_away\"}", 1.0)
        .containsEntry("streamgauge_agents_present{role=\"load\"}", 1.0)
        .containsEntry("streamgauge_agent_clock_offset_seconds{agent=\"a\"}", -0.0015)
        .containsEntry("streamgauge_agent_clock_bound_seconds{agent=\"a\"}", 0.0005)
        .doesNotContainKey("streamgauge_agent_clock_offset_seconds{agent=\"b\"}");
  }
}
