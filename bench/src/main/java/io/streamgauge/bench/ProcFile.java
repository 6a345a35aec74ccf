package io.streamgauge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** What Linux tells of a process in {@code /proc}. */
public final class ProcFile {
  /** The unit of times in {@code /proc}, the same on every Linux that Java runs on. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int OWN_USER = 11;
  private static final int OWN_SYSTEM = 12;
  private static final int CHILDREN_USER = 13;
  private static final int CHILDREN_SYSTEM = 14;

  /**
   * CPU seconds, user and system, of all children of this process that have ended, and of theirs.
   * The difference over one child is its whole use, to the last moment, which no look at its own
   * file before its end can tell.
   */
  static double endedChildrenCpuSeconds() {
    try {
      return childrenCpuSeconds(Files.readString(Path.of("/proc/self/stat")));
    } catch (IOException e) {
      throw new BenchException("cannot read /proc/self/stat: this benchmark needs Linux", e);
    }
  }

  /** The same from the text of a {@code stat} file; a name in it may hold blanks and brackets. */
  static double childrenCpuSeconds(String stat) {
    return seconds(stat, CHILDREN_USER, CHILDREN_SYSTEM);
  }

  /** CPU seconds, user and system, of a process that still runs. */
  public static double cpuSeconds(long pid) {
    try {
      return cpuSeconds(Files.readString(Path.of("/proc", String.valueOf(pid), "stat")));
    } catch (IOException e) {
      throw new BenchException("cannot read the CPU time of process " + pid, e);
    }
  }

  static double cpuSeconds(String stat) {
    return seconds(stat, OWN_USER, OWN_SYSTEM);
  }

  private static double seconds(String stat, int user, int system) {
    String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1);
    return (Long.parseLong(afterName[user]) + Long.parseLong(afterName[system])) / TICKS_PER_SECOND;
  }

  /** The most memory that the process held so far, in KiB; empty when it has ended. */
  public static OptionalLong peakKibibytes(long pid) {
    try {
      return peakKibibytes(Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")));
    } catch (IOException _) {
      return OptionalLong.empty();
    }
  }

  static OptionalLong peakKibibytes(List<String> status) {
    return status.stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst();
  }

  /** How busy the machine was over the last minute. */
  public static double load() {
    try {
      return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
    } catch (IOException e) {
      throw new BenchException("cannot read /proc/loadavg: this benchmark needs Linux", e);
    }
  }

  private ProcFile() {}
}
