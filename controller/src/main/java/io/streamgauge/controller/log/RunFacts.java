package io.streamgauge.controller.log;

import io.streamgauge.common.node.Version;
import io.streamgauge.common.plan.Backend;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.secret.Redaction;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a run of one backend from its start on. Holds no secret and no prompt: its plan
 * is redacted.
 *
 * @param url of the target, without secrets; empty where an engine tells its own later
 * @param promptTokens how long prompts are meant to be, by their ids, where the dataset says so
 * @param zone of the controller by its id, in which people read its times
 * @param repeat which of the runs of its backend it is, from 1, where the plan has several
 */
public record RunFacts(
    String runId,
    Plan plan,
    Backend backend,
    String url,
    Map<String, Integer> promptTokens,
    Instant startedAt,
    String zone,
    Tool tool,
    Optional<Integer> repeat) {
  /** What the controller runs on; {@code insecureNetwork} as its owner chose. */
  public record Tool(String version, String jdk, String os, boolean insecureNetwork) {
    /** Of this process. */
    public static Tool here(boolean insecureNetwork) {
      return new Tool(
          Version.TOOL,
          Runtime.version().toString(),
          "%s %s %s"
              .formatted(
                  System.getProperty("os.name"),
                  System.getProperty("os.version"),
                  System.getProperty("os.arch")),
          insecureNetwork);
    }
  }

  public RunFacts {
    promptTokens = Map.copyOf(promptTokens);
    plan = plan.redacted();
    backend = backend.redacted();
    url = url.isEmpty() ? url : Redaction.shown(url);
    startedAt = startedAt.truncatedTo(ChronoUnit.MILLIS);
  }

  /** Whether the target is our own simulated engine, in a process with the client. */
  public boolean ownEngine() {
    return backend.simulated();
  }

  /** A time as the run's own clock on the wall showed it, to the millisecond. */
  public OffsetDateTime local(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS).atZone(ZoneId.of(zone)).toOffsetDateTime();
  }
}
