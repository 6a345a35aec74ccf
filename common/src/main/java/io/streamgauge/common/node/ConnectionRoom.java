package io.streamgauge.common.node;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many connections of a load this process has room for, within the limit of its open files and
 * the local ports of its host. Some files are kept back, for the results, for messages and for what
 * the JDK opens on its own.
 *
 * @param files that may be open at once
 * @param others open files that are no connection of a load
 * @param kept files that no connection gets
 * @param ports local ports towards one target
 */
public record ConnectionRoom(long files, long others, long kept, long ports) {
  private static final int MOST_KEPT = 100;
  private static final int KEPT_SHARE = 8;
  private static final long UNLIMITED = Long.MAX_VALUE / 2;
  private static final Path PORT_RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

  /** The limit is the process's, whatever lanes and engines are in it, and so is the count. */
  private static final AtomicLong open = new AtomicLong();

  private static final Set<Integer> served = ConcurrentHashMap.newKeySet();

  private static volatile ConnectionRoom room = measured();

  static ConnectionRoom of(long files, long others, long ports) {
    return new ConnectionRoom(files, others, Math.min(MOST_KEPT, files / KEPT_SHARE), ports);
  }

  /** Looks at what else is open by now. Blocks: it lists a folder. */
  public static ConnectionRoom look() {
    room = measured();
    return room;
  }

  /** As it was seen last. */
  public static ConnectionRoom current() {
    return room;
  }

  private static ConnectionRoom measured() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? of(
            system.getMaxFileDescriptorCount(),
            Math.max(0, system.getOpenFileDescriptorCount() - open.get()),
            portRange())
        : of(UNLIMITED, 0, UNLIMITED);
  }

  private static long portRange() {
    // By a reader, whose first read takes it whole: the file gives nothing to a second one.
    try (BufferedReader reader = Files.newBufferedReader(PORT_RANGE)) {
      String[] ends = String.valueOf(reader.readLine()).strip().split("\\s+", -1);
      return Long.parseLong(ends[1]) - Long.parseLong(ends[0]) + 1;
    } catch (IOException _) { // another system
      return UNLIMITED;
    }
  }

  /** This process itself serves the port: it has both ends of each connection to it. */
  public static void serves(int port) {
    served.add(port);
  }

  public static void servesNoMore(int port) {
    served.remove(port);
  }

  /** Files that a connection to that port takes of this process. */
  public static int filesEach(int port) {
    return served.contains(port) ? 2 : 1;
  }

  /** Counts so many files more in; whoever opens them gives them back when they are closed. */
  public static boolean take(int files) {
    boolean taken = open.addAndGet(files) <= room.connections();
    if (!taken) {
      give(files);
    }
    return taken;
  }

  public static void give(int files) {
    open.addAndGet(-files);
  }

  /** Why there was none to be taken. */
  public static SocketException exhausted() {
    return new SocketException("too many open files: " + room.filesInWords());
  }

  /** Connections that may be open at once. */
  public long connections() {
    return Math.max(0, files - others - kept);
  }

  /**
   * Why so many connections at once to one target cannot be; empty when they can.
   *
   * @param filesEach files that each takes of this process
   */
  public Optional<String> lack(long wanted, int filesEach) {
    long needed = wanted * filesEach;
    if (needed > connections()) {
      return Optional.of(
          "%,d connections at once%s, but %s: raise the limit (ulimit -n %d), use fewer, or spread them over agents of other processes"
              .formatted(
                  wanted,
                  filesEach == 1 ? "" : ", of which it has both ends",
                  filesInWords(),
                  needed + others + kept));
    }
    return wanted <= ports
        ? Optional.empty()
        : Optional.of(
            "%,d connections at once, but this host has %,d local ports towards one target (net.ipv4.ip_local_port_range): use fewer, or spread them over agents on more hosts"
                .formatted(wanted, ports));
  }

  private String filesInWords() {
    return "this process may have %,d connections (limit of open files %,d, of which %,d are in use otherwise and %,d kept for results and messages)"
        .formatted(connections(), files, others, kept);
  }
}
