package io.streamgauge.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.StringTokenizer;
import java.util.stream.Stream;

/**
 * What has come for this process's host but was not read yet, by Linux's own account: the columns
 * {@code rem_address} and {@code tx_queue:rx_queue}, in hexadecimal, of {@code /proc/net/tcp} and
 * {@code tcp6}.
 */
final class SocketQueues {
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));
  private static final int REMOTE = 2;
  private static final int QUEUES = 4;
  private static final int HEX = 16;

  /** Bytes waiting on all connections to a remote {@code port}; empty where there is no account. */
  static OptionalLong waiting(int port) {
    List<Path> tables = TABLES.stream().filter(Files::isReadable).toList();
    return tables.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(
            tables.stream()
                .flatMap(SocketQueues::lines)
                .mapToLong(line -> waiting(line, port))
                .sum());
  }

  private static Stream<String> lines(Path table) {
    try {
      return Files.readAllLines(table).stream().skip(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes waiting by one line of the table; 0 when it is another port's. */
  static long waiting(String line, int port) {
    var columns = new StringTokenizer(line);
    for (int i = 0; i < REMOTE; i++) {
      columns.nextToken();
    }
    if (hex(columns.nextToken()) != port) {
      return 0;
    }
    for (int i = REMOTE + 1; i < QUEUES; i++) {
      columns.nextToken();
    }
    return hex(columns.nextToken());
  }

  private static long hex(String pair) {
    return Long.parseLong(pair.substring(pair.indexOf(':') + 1), HEX);
  }

  private SocketQueues() {}
}
