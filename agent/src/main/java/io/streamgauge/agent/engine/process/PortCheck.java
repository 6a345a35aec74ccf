package io.streamgauge.agent.engine.process;

import io.streamgauge.agent.engine.EngineFailure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who listens on a port of this host, by {@code /proc/net/tcp} and {@code tcp6}. */
public final class PortCheck {
  private static final String LISTENS = "0A";

  /**
   * Whoever listens on a port.
   *
   * @param pid empty where it belongs to a process that this user may not look into
   */
  public record Holder(Optional<Long> pid, String command, long user) {
    public String text() {
      return pid.map(id -> "pid %d (%s)".formatted(id, command))
          .orElse("a process of user " + user);
    }
  }

  /** A line of the table: socket's inode and its owner. */
  private record Listener(long inode, long user) {}

  /** Empty when nobody listens there, on whatever address. */
  public static Optional<Holder> holder(int port) {
    return tables(port).findFirst().map(PortCheck::holder);
  }

  private static Stream<Listener> tables(int port) {
    return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
        .map(Path::of)
        .filter(Files::exists)
        .flatMap(table -> listeners(lines(table), port));
  }

  public static boolean free(int port) {
    return tables(port).findAny().isEmpty();
  }

  /**
   * Columns: number, local address:port in hex, remote one, state, queues, timer, …, user, timeout,
   * inode.
   */
  private static Stream<Listener> listeners(List<String> table, int port) {
    return table.stream()
        .skip(1)
        .map(line -> line.strip().split("\\s+", -1))
        .filter(
            cells ->
                cells.length > 9
                    && cells[3].equals(LISTENS)
                    && Integer.parseInt(cells[1].substring(cells[1].lastIndexOf(':') + 1), 16)
                        == port)
        .map(cells -> new Listener(Long.parseLong(cells[9]), Long.parseLong(cells[7])));
  }

  private static List<String> lines(Path table) {
    try {
      return Files.readAllLines(table);
    } catch (IOException e) {
      throw new EngineFailure("ports in use cannot be listed: " + e);
    }
  }

  private static Holder holder(Listener listener) {
    String socket = "socket:[" + listener.inode() + "]";
    return ProcessStat.all().stream()
        .map(ProcessStat::pid)
        .filter(pid -> holds(pid, socket))
        .findFirst()
        .map(pid -> new Holder(Optional.of(pid), ProcessStat.command(pid), listener.user()))
        .orElseGet(() -> new Holder(Optional.empty(), "", listener.user()));
  }

  private static boolean holds(long pid, String socket) {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
      for (Path file : open) {
        if (leadsTo(file, socket)) {
          return true;
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException _) {
      return false; // it has ended, or is another user's
    }
    return false;
  }

  private static boolean leadsTo(Path link, String socket) {
    try {
      return Files.readSymbolicLink(link).toString().equals(socket);
    } catch (IOException _) {
      return false; // closed in between
    }
  }

  private PortCheck() {}
}
