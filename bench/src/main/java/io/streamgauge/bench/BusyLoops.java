package io.streamgauge.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Other work on the client's core: processes that do nothing but count. */
final class BusyLoops implements AutoCloseable {
  private static final List<String> LOOP = List.of("sh", "-c", "while :; do :; done");

  private final List<Process> processes = new ArrayList<>();

  static BusyLoops start(int count, Cores cores) throws IOException {
    BusyLoops loops = new BusyLoops();
    for (int i = 0; i < count; i++) {
      loops.processes.add(new ProcessBuilder(cores.forClient(LOOP)).start());
    }
    return loops;
  }

  /** They live on until they are told: the time that they took is of no client. */
  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
  }
}
