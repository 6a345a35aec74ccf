package io.streamgauge.agent.cli;

import io.streamgauge.common.HostPort;
import io.streamgauge.common.node.Knock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Waits until one of the named members can be reached. An agent that opened its cluster before the
 * controller is there would found one of its own, and be taken into the controller's much later.
 */
final class Meeting {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final Duration TELL_EVERY = Duration.ofSeconds(30);

  private final List<HostPort> members;
  private final Consumer<String> notes;

  Meeting(List<HostPort> members, Consumer<String> notes) {
    this.members = members;
    this.notes = notes;
  }

  /**
   * Blocks until one can be reached; says at once, every 30 s and when it changes why it still
   * waits.
   */
  void await() throws InterruptedException {
    long toldAt = 0;
    String told = "";
    while (true) {
      List<Knock> knocks = members.stream().map(Knock::all).flatMap(List::stream).toList();
      if (knocks.stream().anyMatch(Knock::member)) {
        return;
      }
      String problem = knocks.stream().map(Knock::text).collect(Collectors.joining("; "));
      if (!problem.equals(told) || System.nanoTime() - toldAt > TELL_EVERY.toNanos()) {
        notes.accept("waiting for the controller: " + problem);
        told = problem;
        toldAt = System.nanoTime();
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }
}
