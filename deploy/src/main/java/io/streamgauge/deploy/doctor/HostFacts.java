package io.streamgauge.deploy.doctor;

import java.util.List;
import java.util.Optional;

/**
 * What this host has.
 *
 * @param cores processors that this process may use
 * @param memoryBytes of the host or of its container
 * @param heapBytes the most that this process may use for its objects
 * @param openFiles how many files and sockets a process may have open; absent where there is no
 *     such limit to read
 * @param ephemeralPorts from which the system takes the port of an outgoing connection
 * @param clockSource by which the kernel tells the time
 * @param governor of the processors' clocks, if all have one and the same
 * @param cpuQuota processors that the control group may use, where it is limited
 * @param nvml the NVML library, if the system's loader finds it
 */
public record HostFacts(
    String tool,
    String jdk,
    String system,
    int cores,
    long memoryBytes,
    long heapBytes,
    Optional<Long> openFiles,
    Optional<PortRange> ephemeralPorts,
    Optional<String> clockSource,
    Optional<String> governor,
    Optional<Double> cpuQuota,
    Optional<String> nvml,
    List<FoundEngine> engines,
    List<PortUse> ports) {
  public HostFacts {
    engines = List.copyOf(engines);
    ports = List.copyOf(ports);
  }

  /** Ports from the first to the last, both included. */
  public record PortRange(int first, int last) {
    public PortRange {
      if (first > last) {
        throw new IllegalArgumentException(
            "ports: %d to %d is not valid, expected the smaller one first".formatted(first, last));
      }
    }

    int size() {
      return last - first + 1;
    }
  }

  /**
   * An engine as a run would start it.
   *
   * @param version where it could be told without starting the engine
   * @param missing why it cannot be started here
   */
  public record FoundEngine(
      String name,
      Optional<String> executable,
      Optional<String> version,
      Optional<String> missing) {}

  /**
   * A port that the tool uses unless told otherwise.
   *
   * @param use what for
   * @param holder who listens there, as far as that can be seen; empty when it is free
   */
  public record PortUse(int port, String use, Optional<String> holder) {}
}
