package io.streamgauge.deploy.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Who listens on a port of this host, as far as this user may see it. */
record PortHolders(Path root) {
  private static final String LISTENING = "0A";
  private static final int STATE = 3;
  private static final int INODE = 9;
  private static final int LONGEST = 80;

  /** Empty when the port is free. */
  Optional<String> of(int port) {
    if (free(port)) {
      return Optional.empty();
    }
    return Optional.of(process(inodes(port)).orElse("a process that this user may not see"));
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(port), 1);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private Set<String> inodes(int port) {
    Set<String> found = new HashSet<>();
    String suffix = String.format(Locale.ROOT, ":%04X", port);
    for (String table : new String[] {"proc/net/tcp", "proc/net/tcp6"}) {
      try {
        Files.readAllLines(root.resolve(table)).stream()
            .skip(1)
            .map(line -> line.strip().split("\\s+"))
            .filter(row -> row.length > INODE)
            .filter(row -> row[1].endsWith(suffix) && row[STATE].equals(LISTENING))
            .forEach(row -> found.add("socket:[" + row[INODE] + "]"));
      } catch (IOException _) {
        // No IPv6, or no Linux: what the other table says has to do.
      }
    }
    return found;
  }

  private Optional<String> process(Set<String> sockets) {
    try (DirectoryStream<Path> processes =
        Files.newDirectoryStream(root.resolve("proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (holds(process, sockets)) {
          return Optional.of(name(process));
        }
      }
    } catch (IOException _) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static boolean holds(Path process, Set<String> sockets) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : files) {
        if (sockets.contains(Files.readSymbolicLink(file).toString())) {
          return true;
        }
      }
    } catch (IOException _) {
      return false; // it has ended meanwhile, or belongs to somebody else
    }
    return false;
  }

  private static String name(Path process) throws IOException {
    String line = Files.readString(process.resolve("cmdline")).replace('\0', ' ').strip();
    String[] words = line.split(" ", -1);
    // Of a Java process the end of its command tells more than the beginning.
    int main = line.lastIndexOf("streamgauge");
    String shown = main >= 0 ? line.substring(main) : words[0];
    return "process %s (%s)"
        .formatted(
            process.getFileName(),
            shown.length() > LONGEST ? shown.substring(0, LONGEST) + "…" : shown);
  }
}
