package io.streamgauge.agent.cli;

import io.streamgauge.common.node.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Waits until one of the named members can be reached. An agent that opened its cluster before the
 * controller is there would found one of its own, and be taken into the controller's much later.
 */
final class Meeting {
  private static final int CONNECT_MILLIS = 2_000;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final Duration TELL_EVERY = Duration.ofSeconds(30);

  private final List<HostPort> members;
  private final Consumer<String> notes;

  Meeting(List<HostPort> members, Consumer<String> notes) {
    this.members = members;
    this.notes = notes;
  }

  /** Blocks until one can be reached; says at once and every 30 s why it still waits. */
  void await() throws InterruptedException {
    long toldAt = 0;
    boolean told = false;
    while (true) {
      String problem = "";
      for (HostPort member : members) {
        try (Socket socket = new Socket()) {
          socket.connect(new InetSocketAddress(member.host(), member.port()), CONNECT_MILLIS);
          return;
        } catch (IOException e) {
          problem = "%s: %s".formatted(member, e.getMessage());
        }
      }
      if (!told || System.nanoTime() - toldAt > TELL_EVERY.toNanos()) {
        notes.accept("waiting for the controller (" + problem + ")");
        told = true;
        toldAt = System.nanoTime();
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }
}
