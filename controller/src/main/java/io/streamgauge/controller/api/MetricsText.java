package io.streamgauge.controller.api;

import io.streamgauge.common.message.RunEvent;
import io.streamgauge.common.node.Version;
import io.streamgauge.controller.run.RunState;
import io.streamgauge.controller.run.RunView;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;

/** The controller's numbers in the text format of Prometheus. */
final class MetricsText {
  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  static String of(List<RunView> runs, List<AgentView> agents, int openStreams) {
    Optional<RunEvent.LiveStats> live =
        runs.stream()
            .filter(run -> run.state() == RunState.RUNNING)
            .flatMap(run -> run.live().stream())
            .findFirst();
    StringBuilder text = new StringBuilder();
    head(text, "streamgauge_build_info", "Version of the controller.");
    text.append(
        "streamgauge_build_info{version=\"%s\",jdk=\"%s\"} 1\n"
            .formatted(Version.TOOL, Runtime.version()));
    head(text, "streamgauge_runs", "Runs that the controller knows, by state.");
    for (RunState state : RunState.values()) {
      text.append(
          "streamgauge_runs{state=\"%s\"} %d\n"
              .formatted(state.label(), runs.stream().filter(run -> run.state() == state).count()));
    }
    head(text, "streamgauge_agents", "Agents that are there, by role.");
    for (String role : List.of("load", "gpu")) {
      text.append(
          "streamgauge_agents{role=\"%s\"} %d\n"
              .formatted(
                  role,
                  agents.stream().filter(a -> a.present() && a.roles().contains(role)).count()));
    }
    gauge(
        text,
        "streamgauge_level_requests_done",
        "Requests of the running level that are over.",
        live.map(RunEvent.LiveStats::done).orElse(0L));
    gauge(
        text,
        "streamgauge_level_requests_failed",
        "Requests of the running level that failed.",
        live.map(RunEvent.LiveStats::failed).orElse(0L));
    gauge(
        text,
        "streamgauge_level_requests_in_flight",
        "Requests of the running level that are under way.",
        live.map(RunEvent.LiveStats::inFlight).orElse(0L));
    gauge(text, "streamgauge_event_streams", "Readers of events.", openStreams);
    jvm(text);
    return text.toString();
  }

  private static void jvm(StringBuilder text) {
    var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    gauge(text, "jvm_heap_used_bytes", "Heap in use.", heap.getUsed());
    gauge(text, "jvm_heap_max_bytes", "Most heap there can be.", heap.getMax());
    gauge(
        text,
        "jvm_threads",
        "Platform threads.",
        ManagementFactory.getThreadMXBean().getThreadCount());
    gauge(
        text,
        "jvm_uptime_seconds",
        "Time since the start.",
        ManagementFactory.getRuntimeMXBean().getUptime() / 1000);
  }

  private static void gauge(StringBuilder text, String name, String help, long value) {
    head(text, name, help);
    text.append(name).append(' ').append(value).append('\n');
  }

  private static void head(StringBuilder text, String name, String help) {
    text.append("# HELP %s %s\n# TYPE %s gauge\n".formatted(name, help, name));
  }

  private MetricsText() {}
}
