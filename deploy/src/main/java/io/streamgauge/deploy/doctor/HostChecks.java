package io.streamgauge.deploy.doctor;

import io.streamgauge.deploy.doctor.HostFacts.FoundEngine;
import io.streamgauge.deploy.doctor.HostFacts.PortRange;
import io.streamgauge.deploy.doctor.HostFacts.PortUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the facts of a host mean for a benchmark on it. */
public final class HostChecks {
  /** Files that a process of the tool has open for itself: jars, event loops, its cluster. */
  private static final int OWN_FILES = 256;

  private static final int FEW_STREAMS = 1_000;
  private static final int JDK = 25;
  private static final long MIB = 1L << 20;
  private static final long LITTLE_MEMORY = 1024 * MIB;
  private static final Set<String> SLOW_CLOCKS =
      Set.of("hpet", "acpi_pm", "jiffies", "refined-jiffies");

  public static List<Check> of(HostFacts host) {
    List<Check> checks = new ArrayList<>();
    checks.add(Check.ok("tool", "streamgauge %s on %s".formatted(host.tool(), host.system())));
    checks.add(jdk(host));
    checks.add(
        Check.when(
            host.cores() > 1,
            "cores",
            host.cores() + (host.cores() == 1 ? " processor" : " processors"),
            "one lane shares it with everything else: measure from a host with two or more"));
    host.cpuQuota().ifPresent(quota -> checks.add(quota(quota, host.cores())));
    checks.add(
        Check.when(
            host.memoryBytes() >= LITTLE_MEMORY,
            "memory",
            "%d MiB, %d MiB of it for the heap"
                .formatted(host.memoryBytes() / MIB, host.heapBytes() / MIB),
            "a stream costs about 15 KB: give the host 1 GiB or more"));
    host.openFiles().ifPresent(limit -> checks.add(files(limit)));
    host.ephemeralPorts().ifPresent(range -> checks.add(range(range)));
    host.clockSource().ifPresent(source -> checks.add(clock(source)));
    host.governor().ifPresent(governor -> checks.add(governor(governor)));
    checks.add(
        host.nvml()
            .map(library -> Check.ok("nvml", library + " is found by the system's loader"))
            .orElseGet(
                () -> Check.note("nvml", "no libnvidia-ml.so.1 is found: no GPU metrics here")));
    host.engines().forEach(engine -> checks.add(engine(engine)));
    host.ports().forEach(port -> checks.add(port(port)));
    return checks;
  }

  private static Check jdk(HostFacts host) {
    int feature = Integer.parseInt(host.jdk().split("[^0-9]", 2)[0]);
    return feature >= JDK
        ? Check.ok("jdk", host.jdk())
        : Check.problem("jdk", host.jdk(), "install JDK 25 or newer");
  }

  private static Check quota(double quota, int cores) {
    return Check.when(
        quota >= cores,
        "cgroup",
        String.format(Locale.ROOT, "may use %.2f processors of %d", quota, cores),
        "a process over its quota stands still for up to 100 ms, which looks like the server's"
            + " latency: raise the limit");
  }

  /** A stream needs a socket. */
  private static Check files(long limit) {
    long streams = Math.max(0, limit - OWN_FILES);
    return Check.when(
        streams >= FEW_STREAMS,
        "open files",
        "%d a process, enough for about %d streams an agent".formatted(limit, streams),
        "raise it (ulimit -n 65536, LimitNOFILE of a service), or use more agents");
  }

  /** Each connection to the same server needs a port of its own. */
  private static Check range(PortRange range) {
    return Check.when(
        range.size() >= FEW_STREAMS,
        "local ports",
        "%d to %d: at most %d connections from this host to one server"
            .formatted(range.first(), range.last(), range.size()),
        "widen net.ipv4.ip_local_port_range");
  }

  private static Check clock(String source) {
    return Check.when(
        !SLOW_CLOCKS.contains(source),
        "clock source",
        source,
        "to read it costs microseconds, for every event: boot with tsc, or take another host");
  }

  private static Check governor(String governor) {
    return Check.when(
        !governor.contains("powersave"),
        "governor",
        governor,
        "processors that clock down answer late: cpupower frequency-set -g performance");
  }

  private static Check engine(FoundEngine engine) {
    String found = engine.executable().map(path -> path + version(engine)).orElse("");
    return engine
        .missing()
        .map(why -> (found + ": cannot be started here: " + why).replaceFirst("^: ", ""))
        .map(text -> Check.note(engine.name(), text))
        .orElseGet(() -> Check.ok(engine.name(), found));
  }

  private static String version(FoundEngine engine) {
    return engine.version().map(version -> ", version " + version).orElse("");
  }

  private static Check port(PortUse port) {
    String topic = "port " + port.port();
    return port.holder()
        .map(holder -> Check.note(topic, "taken by %s; is for: %s".formatted(holder, port.use())))
        .orElseGet(() -> Check.ok(topic, "free (" + port.use() + ")"));
  }

  private HostChecks() {}
}
