package io.streamgauge.deploy.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.deploy.doctor.HostFacts.PortRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What Linux tells of itself in files; whatever is not there, as on other systems, is absent. */
record HostFiles(Path root) {
  private static final int PAGE = 4096;
  private static final String CPUS = "sys/devices/system/cpu";

  Optional<PortRange> ephemeralPorts() {
    return read("proc/sys/net/ipv4/ip_local_port_range")
        .map(text -> text.split("\\s+"))
        .filter(parts -> parts.length == 2)
        .map(parts -> new PortRange(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])));
  }

  Optional<String> clockSource() {
    return read("sys/devices/system/clocksource/clocksource0/current_clocksource");
  }

  /** That of all processors, or all that there are. */
  Optional<String> governor() {
    Set<String> found = new TreeSet<>();
    try (DirectoryStream<Path> cpus = Files.newDirectoryStream(root.resolve(CPUS), "cpu[0-9]*")) {
      for (Path cpu : cpus) {
        read(root.relativize(cpu).resolve("cpufreq/scaling_governor").toString())
            .ifPresent(found::add);
      }
    } catch (IOException _) {
      return Optional.empty();
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", found));
  }

  /** The least quota of this process's control group and those above it, in processors. */
  Optional<Double> cpuQuota() {
    String group =
        read("proc/self/cgroup")
            .flatMap(text -> text.lines().filter(line -> line.startsWith("0::")).findFirst())
            .map(line -> line.substring("0::/".length()))
            .orElse("");
    Path top = Path.of("sys/fs/cgroup");
    Optional<Double> least = firstVersion(top.resolve("cpu"));
    for (Path at = top.resolve(group).normalize();
        at != null && at.startsWith(top);
        at = at.getParent()) {
      Optional<Double> here = read(at.resolve("cpu.max").toString()).flatMap(HostFiles::quota);
      if (here.isPresent() && (least.isEmpty() || here.get() < least.get())) {
        least = here;
      }
    }
    return least;
  }

  private Optional<Double> firstVersion(Path group) {
    return read(group.resolve("cpu.cfs_quota_us").toString())
        .filter(quota -> !quota.startsWith("-"))
        .flatMap(
            quota ->
                read(group.resolve("cpu.cfs_period_us").toString())
                    .flatMap(period -> quota(quota + " " + period)));
  }

  /** {@code QUOTA PERIOD} in µs, or {@code max PERIOD}. */
  private static Optional<Double> quota(String text) {
    String[] parts = text.split("\\s+", -1);
    return parts.length == 2 && !parts[0].equals("max")
        ? Optional.of(Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]))
        : Optional.empty();
  }

  /** In one read: settings of the kernel give nothing to a second one. */
  private Optional<String> read(String file) {
    try (InputStream in = Files.newInputStream(root.resolve(file))) {
      byte[] page = new byte[PAGE];
      String text = new String(page, 0, Math.max(0, in.read(page)), UTF_8).strip();
      return text.isEmpty() ? Optional.empty() : Optional.of(text);
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
