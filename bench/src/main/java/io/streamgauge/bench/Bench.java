package io.streamgauge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One server, and clients that take turns at it. */
record Bench(Server server, Cores cores) {

  /** Runs the clients in turn, {@code times} rounds; one server process sees the whole case. */
  Map<String, List<Measurement>> repeat(Case load, List<Client> clients, int times)
      throws IOException, InterruptedException {
    Map<String, List<Measurement>> results = new LinkedHashMap<>();
    Path folder = Files.createTempDirectory("streamgauge-bench");
    try (ServerProcess running = ServerProcess.start(server, load, cores, folder)) {
      for (int round = 1; round <= times; round++) {
        for (Client client : clients) {
          EndToEnd.note("%s: %s, %d of %d".formatted(load.name(), client.name(), round, times));
          results
              .computeIfAbsent(client.name(), _ -> new ArrayList<>())
              .add(measure(running, load, client));
        }
      }
    } finally {
      delete(folder);
    }
    return results;
  }

  /** One run of which nothing is kept. */
  void once(Case load, Client client) throws IOException, InterruptedException {
    repeat(load, List.of(client), 1);
  }

  private Measurement measure(ServerProcess running, Case load, Client client)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("streamgauge-bench");
    try {
      running.reset();
      ClientProcess ended =
          ClientProcess.run(cores.forClient(client.command(load, running.port(), folder)), folder);
      Measurement measured = client.read(load, ended, running.log());
      return measured.withTruth(Quantity.SERVER_LATE_P99, running.latenessP99Micros());
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
