package io.streamgauge.agent.engine.process;

import io.streamgauge.agent.engine.EngineFailure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A process as {@code /proc/PID/stat} tells it (see proc_pid_stat(5)).
 *
 * @param state one letter; Z and X are dead ones that nobody has reaped yet
 * @param startTicks when it was started, in clock ticks since the system's start: with the pid it
 *     tells a process from every other one
 */
public record ProcessStat(
    long pid, char state, long parent, long group, long session, long startTicks) {
  private static final Path PROC = Path.of("/proc");
  private static final int FIELDS_TO_START = 20;

  /** Empty when there is no such process. */
  public static Optional<ProcessStat> of(long pid) {
    try {
      return parse(pid, Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat")));
    } catch (IOException _) {
      return Optional.empty(); // it has ended
    }
  }

  /** The name in the second field may hold anything, even blanks and parentheses. */
  static Optional<ProcessStat> parse(long pid, String line) {
    String[] fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ", -1);
    if (fields.length < FIELDS_TO_START) {
      return Optional.empty();
    }
    return Optional.of(
        new ProcessStat(
            pid,
            fields[0].charAt(0),
            Long.parseLong(fields[1]),
            Long.parseLong(fields[2]),
            Long.parseLong(fields[3]),
            Long.parseLong(fields[FIELDS_TO_START - 1])));
  }

  /** All processes of this host, as far as they can be seen. */
  public static List<ProcessStat> all() {
    List<ProcessStat> found = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path folder : folders) {
        of(Long.parseLong(folder.getFileName().toString())).ifPresent(found::add);
      }
    } catch (IOException e) {
      throw new EngineFailure("the processes of this host cannot be listed: " + e);
    }
    return found;
  }

  public boolean alive() {
    return state != 'Z' && state != 'X';
  }

  /** The command line, its arguments apart by blanks; the bare name where it has none. */
  public static String command(long pid) {
    Path folder = PROC.resolve(Long.toString(pid));
    try {
      String line =
          Files.readString(folder.resolve("cmdline"), java.nio.charset.StandardCharsets.ISO_8859_1);
      return line.isEmpty()
          ? Files.readString(folder.resolve("comm")).strip()
          : line.replace('\0', ' ').strip();
    } catch (IOException _) {
      return "unknown";
    }
  }
}
