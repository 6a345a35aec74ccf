package io.streamgauge.agent.engine.process;

import io.streamgauge.agent.engine.EngineLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Ends an engine with all its processes, and proves it. Blocks. */
public record Shutdown(EngineProcess process, int port, EngineLimits limits) {

  /** Asks, then demands, then kills; what is left all the same, in words. */
  public Optional<String> run() {
    boolean gone =
        gone(Duration.ZERO)
            || goneAfter("INT", limits.interrupt())
            || goneAfter("TERM", limits.terminate())
            || killed();
    if (!gone) {
      return Optional.of(left(process.left()));
    }
    try {
      process.release();
    } catch (IOException e) {
      return Optional.of("the engine's notes cannot be removed: " + e);
    }
    // A process of many threads may be counted as dead when the last of them still closes its
    // files.
    Patience.until(limits.kill(), () -> PortCheck.free(port));
    return PortCheck.holder(port)
        .map(holder -> "port %d is still in use, by %s".formatted(port, holder.text()));
  }

  private boolean goneAfter(String signal, Duration limit) {
    process.signal(signal);
    return gone(limit);
  }

  private boolean killed() {
    process.signal("KILL");
    process.tree().kill();
    return Patience.until(
        limits.kill(),
        () -> {
          process.tree().kill();
          return process.left().isEmpty();
        });
  }

  private boolean gone(Duration limit) {
    return Patience.until(limit, () -> process.left().isEmpty());
  }

  private static String left(List<ProcessStat> alive) {
    return "processes of the engine are left: "
        + alive.stream()
            .map(stat -> "%d (%s)".formatted(stat.pid(), ProcessStat.command(stat.pid())))
            .collect(Collectors.joining(", "));
  }
}
