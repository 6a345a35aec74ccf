package io.streamgauge.deploy.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.deploy.doctor.HostFacts.PortRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class HostFilesTest {
  @TempDir private Path root;

  private void file(String name, String text) {
    try {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HostFiles host() {
    return new HostFiles(root);
  }

  @Test
  void whatAHostDoesNotTellIsAbsent() {
    assertThat(host().ephemeralPorts()).isEmpty();
    assertThat(host().clockSource()).isEmpty();
    assertThat(host().governor()).isEmpty();
    assertThat(host().cpuQuota()).isEmpty();
  }

  @Test
  void theGovernorsOfAllProcessorsAreTold() {
    file("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "performance\n");
    assertThat(host().governor()).contains("performance");

    file("sys/devices/system/cpu/cpu1/cpufreq/scaling_governor", "powersave\n");
    assertThat(host().governor()).contains("performance, powersave");
  }

  @Test
  void theLeastQuotaOnTheWayToTheGroupCounts() {
    file("proc/self/cgroup", "1:cpu:/x\n0::/slice/unit\n");
    file("sys/fs/cgroup/slice/unit/cpu.max", "max 100000\n");
    assertThat(host().cpuQuota()).isEmpty();

    file("sys/fs/cgroup/slice/cpu.max", "150000 100000\n");
    assertThat(host().cpuQuota()).contains(1.5);
  }

  @Test
  void theQuotaOfTheFirstVersionOfControlGroupsCountsToo() {
    file("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1");
    file("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000");
    assertThat(host().cpuQuota()).isEmpty();

    file("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "50000");
    assertThat(host().cpuQuota()).contains(0.5);
  }

  @Test
  void portsAreReadFromTheFirstToTheLast() {
    file("proc/sys/net/ipv4/ip_local_port_range", "32768\t60999\n");

    assertThat(host().ephemeralPorts()).contains(new PortRange(32_768, 60_999));
    assertThat(new PortRange(32_768, 60_999).size()).isEqualTo(28_232);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theKernelsOwnFilesCanBeReadToo() {
    assertThat(new HostFiles(Path.of("/")).ephemeralPorts()).isPresent();
  }
}
