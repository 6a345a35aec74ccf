package io.streamgauge.bench;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Gives the server one core and the client another, so that neither takes the other's time. */
enum Cores {
  PINNED("the server is pinned to core 0 and the client to core 1"),
  SHARED_FOR_WANT_OF_CORES("nothing is pinned: there is one core only"),
  SHARED_FOR_WANT_OF_TASKSET("nothing is pinned: taskset is not on the PATH");

  private final String description;

  Cores(String description) {
    this.description = description;
  }

  static Cores ofThisMachine() {
    if (Runtime.getRuntime().availableProcessors() < 2) {
      return SHARED_FOR_WANT_OF_CORES;
    }
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator, -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "taskset")))
        ? PINNED
        : SHARED_FOR_WANT_OF_TASKSET;
  }

  String description() {
    return description;
  }

  List<String> forServer(List<String> command) {
    return on(0, command);
  }

  List<String> forClient(List<String> command) {
    return on(1, command);
  }

  private List<String> on(int core, List<String> command) {
    if (this != PINNED) {
      return command;
    }
    List<String> pinned = new ArrayList<>(List.of("taskset", "-c", String.valueOf(core)));
    pinned.addAll(command);
    return pinned;
  }
}
