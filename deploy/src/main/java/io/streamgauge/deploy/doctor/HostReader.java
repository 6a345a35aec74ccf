package io.streamgauge.deploy.doctor;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import io.streamgauge.agent.engine.EngineFiles;
import io.streamgauge.common.node.Version;
import io.streamgauge.deploy.doctor.HostFacts.PortUse;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds out what this host has; blocks for a few seconds. */
public final class HostReader {
  private static final Path ROOT = Path.of("/");
  private static final List<String> NVML = List.of("libnvidia-ml.so.1", "libnvidia-ml.so");

  /** {@code engines} say what a run would start. */
  public static HostFacts read(EngineFiles engines) {
    HostFiles files = new HostFiles(ROOT);
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new HostFacts(
        Version.TOOL,
        "%s (%s)".formatted(Runtime.version(), System.getProperty("java.vendor")),
        "%s %s %s".formatted(system.getName(), system.getVersion(), system.getArch()),
        Runtime.getRuntime().availableProcessors(),
        system.getTotalMemorySize(),
        Runtime.getRuntime().maxMemory(),
        system instanceof UnixOperatingSystemMXBean unix
            ? Optional.of(unix.getMaxFileDescriptorCount())
            : Optional.empty(),
        files.ephemeralPorts(),
        files.clockSource(),
        files.governor(),
        files.cpuQuota(),
        nvml(),
        new EngineSearch(engines).all(),
        ports());
  }

  private static List<PortUse> ports() {
    return List.of(
        new PortUse(8_765, "API and page", PortHolder.of(8_765)),
        new PortUse(5_701, "cluster", PortHolder.of(5_701)),
        new PortUse(5_702, "event bus", PortHolder.of(5_702)),
        new PortUse(8_000, "vllm, simulate", PortHolder.of(8_000)),
        new PortUse(30_000, "sglang", PortHolder.of(30_000)),
        new PortUse(8_080, "llamacpp", PortHolder.of(8_080)));
  }

  /** As the system's loader finds it, which no list of folders can know better. */
  @SuppressWarnings("restricted") // to load a library is what is asked here
  private static Optional<String> nvml() {
    for (String name : NVML) {
      try (Arena arena = Arena.ofConfined()) {
        SymbolLookup.libraryLookup(name, arena);
        return Optional.of(name);
      } catch (IllegalArgumentException | IllegalCallerException _) {
        // Not there, or this process may load nothing.
      }
    }
    return Optional.empty();
  }

  private HostReader() {}
}
