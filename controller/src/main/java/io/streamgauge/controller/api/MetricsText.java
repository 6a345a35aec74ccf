package io.streamgauge.controller.api;

import io.streamgauge.common.agent.AgentView;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.message.RunEvent.LiveStats;
import io.streamgauge.common.message.RunEvent.Totals;
import io.streamgauge.common.node.Version;
import io.streamgauge.controller.book.RunState;
import io.streamgauge.controller.book.RunView;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The controller's numbers for Prometheus. Those of a level are there while its run is on, and
 * begin anew with the next level.
 */
final class MetricsText {
  private static final double MILLIS = 1e3;
  private static final String GAUGE = "gauge";
  private static final String COUNTER = "counter";

  static String of(List<RunView> runs, List<AgentView> agents, int openStreams) {
    Exposition text = new Exposition();
    text.family("streamgauge_build_info", GAUGE, "Version of the controller.")
        .sample(1, "version", Version.TOOL, "jdk", Runtime.version().toString());
    runs(text, runs);
    runs.stream()
        .filter(run -> run.state() == RunState.RUNNING)
        .findFirst()
        .ifPresent(run -> running(text, run));
    agents(text, agents);
    text.gauge("streamgauge_event_streams", "Readers of events.", openStreams);
    jvm(text);
    return text.toString();
  }

  private static void runs(Exposition text, List<RunView> runs) {
    text.family("streamgauge_runs", GAUGE, "Runs that the controller remembers, by state.");
    for (RunState state : RunState.values()) {
      text.sample(
          runs.stream().filter(run -> run.state() == state).count(), "state", state.label());
    }
    text.family("streamgauge_runs_ended", GAUGE, "Those of them that have ended, by status.");
    for (RunStatus status : RunStatus.values()) {
      text.sample(
          runs.stream().filter(run -> run.status().equals(Optional.of(status))).count(),
          "status",
          status.label());
    }
  }

  private static void running(Exposition text, RunView run) {
    text.family("streamgauge_run_info", GAUGE, "The run that is on.")
        .sample(1, "run", run.id(), "name", run.name());
    run.live().ifPresent(live -> level(text, live));
  }

  private static void level(Exposition text, LiveStats live) {
    String[] level = {"backend", live.backend(), "level", live.level()};
    Totals totals = live.totals();
    text.family("streamgauge_level_elapsed_seconds", GAUGE, "Time since the level began.")
        .sample(live.elapsed().toNanos() / 1e9, level);
    text.family("streamgauge_requests_in_flight", GAUGE, "Requests that are under way.")
        .sample(live.inFlight(), level);
    text.family(
        "streamgauge_requests_total", COUNTER, "Requests of the level that are over, by outcome.");
    Map<Outcome, Long> outcomes = new TreeMap<>(totals.outcomes());
    outcomes.putIfAbsent(Outcome.OK, 0L);
    outcomes.forEach(
        (outcome, count) -> text.sample(count, with(level, "outcome", outcome.label())));
    text.family("streamgauge_input_tokens_total", COUNTER, "Input tokens of whole answers.")
        .sample(totals.inputTokens(), level);
    text.family("streamgauge_output_tokens_total", COUNTER, "Output tokens of whole answers.")
        .sample(totals.outputTokens(), level);
    text.family(
            "streamgauge_output_tokens_per_second", GAUGE, "Output tokens over the level so far.")
        .sample(live.outputTps(), level);
    text.family("streamgauge_ttft_seconds", "summary", "Time from sending to the first token.");
    summary(text, level, live.ttftP50(), live.ttftP99(), totals.ttftSum(), totals.ttftCount());
    text.family("streamgauge_itl_seconds", "summary", "Time between two tokens.");
    summary(text, level, live.itlP50(), live.itlP99(), totals.itlSum(), totals.itlCount());
  }

  private static void summary(
      Exposition text,
      String[] level,
      OptionalDouble p50,
      OptionalDouble p99,
      double sum,
      long count) {
    p50.ifPresent(millis -> text.sample(millis / MILLIS, with(level, "quantile", "0.5")));
    p99.ifPresent(millis -> text.sample(millis / MILLIS, with(level, "quantile", "0.99")));
    text.suffixed("_sum", sum / MILLIS, level).suffixed("_count", count, level);
  }

  private static String[] with(String[] labels, String name, String value) {
    return new String[] {labels[0], labels[1], labels[2], labels[3], name, value};
  }

  private static void agents(Exposition text, List<AgentView> agents) {
    text.family("streamgauge_agents", GAUGE, "Agents that the controller knows, by state.");
    for (AgentView.State state : AgentView.State.values()) {
      text.sample(
          agents.stream().filter(agent -> agent.state() == state).count(), "state", state.label());
    }
    text.family("streamgauge_agents_present", GAUGE, "Agents that are there, by role.");
    for (String role : List.of("load", "gpu")) {
      text.sample(
          agents.stream().filter(agent -> agent.present() && agent.roles().contains(role)).count(),
          "role",
          role);
    }
    List<AgentView> present = agents.stream().filter(AgentView::present).toList();
    text.family("streamgauge_agent_silence_seconds", GAUGE, "Time since an agent was heard.");
    present.forEach(agent -> text.sample(agent.lastHeardS(), "agent", agent.id()));
    text.family(
        "streamgauge_agent_clock_offset_seconds",
        GAUGE,
        "The controller's clock minus an agent's.");
    present.forEach(
        agent ->
            agent
                .clockOffsetMs()
                .ifPresent(offset -> text.sample(offset / MILLIS, "agent", agent.id())));
    text.family(
        "streamgauge_agent_clock_bound_seconds", GAUGE, "By how much that offset may be off.");
    present.forEach(
        agent ->
            agent
                .clockBoundMs()
                .ifPresent(bound -> text.sample(bound / MILLIS, "agent", agent.id())));
  }

  private static void jvm(Exposition text) {
    var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    text.gauge("jvm_heap_used_bytes", "Heap in use.", heap.getUsed());
    text.gauge("jvm_heap_max_bytes", "Most heap there can be.", heap.getMax());
    text.gauge(
        "jvm_threads", "Platform threads.", ManagementFactory.getThreadMXBean().getThreadCount());
    text.gauge(
        "jvm_uptime_seconds",
        "Time since the start.",
        ManagementFactory.getRuntimeMXBean().getUptime() / MILLIS);
  }

  private MetricsText() {}
}
