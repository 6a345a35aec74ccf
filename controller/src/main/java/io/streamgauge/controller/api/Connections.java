package io.streamgauge.controller.api;

import io.vertx.core.http.HttpConnection;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who is connected. Connections are few, so that a run keeps the file descriptors that it needs,
 * and none waits for ever for what its client does not send. Where there is no room, the one gives
 * way that has been without a request for longest: whoever sends one is served.
 *
 * <p>All on the event loop of the API.
 */
final class Connections {
  private static final int FEWEST = 16;

  private final Limits limits;
  private final Map<HttpConnection, Visit> visits = new LinkedHashMap<>();

  /**
   * How many there may be.
   *
   * @param each from one address
   * @param all from everywhere
   * @param head how long a new one may take for the head of its first request
   * @param pause how long it may take from an answer to the head of its next request
   */
  record Limits(int each, int all, Duration head, Duration pause) {
    /** A quarter of the descriptors that this process may have, at most. */
    static Limits ofProcess() {
      return of(
          ManagementFactory.getOperatingSystemMXBean()
                  instanceof com.sun.management.UnixOperatingSystemMXBean system
              ? system.getMaxFileDescriptorCount()
              : Long.MAX_VALUE);
    }

    static Limits of(long descriptors) {
      int all = Math.clamp(descriptors / 4, FEWEST, 256);
      return new Limits(
          Math.max(all / 4, FEWEST), all, Duration.ofSeconds(10), Duration.ofMinutes(1));
    }
  }

  /**
   * A connection; {@code until} is when its next request must have come, where one is waited for.
   */
  private static final class Visit {
    private final String address;
    private boolean waiting = true;
    private long until;

    Visit(String address) {
      this.address = address;
    }
  }

  Connections(Limits limits) {
    this.limits = limits;
  }

  /** A new one, which is closed at once where no other can give way. */
  void come(HttpConnection connection) {
    String address =
        connection.remoteAddress() == null ? "" : connection.remoteAddress().hostAddress();
    boolean room =
        visits.size() < limits.all()
            && visits.values().stream().filter(one -> one.address.equals(address)).count()
                < limits.each();
    if (!room && !drop(address)) {
      connection.close();
      return;
    }
    Visit visit = new Visit(address);
    visit.until = System.nanoTime() + limits.head().toNanos();
    visits.put(connection, visit);
    connection.closeHandler(_ -> visits.remove(connection));
  }

  /** One of the same address gives way, or where that has few, any other. */
  private boolean drop(String address) {
    List<Map.Entry<HttpConnection, Visit>> idle =
        visits.entrySet().stream()
            .filter(one -> one.getValue().waiting)
            .sorted(
                Comparator.comparing(
                        (Map.Entry<HttpConnection, Visit> one) ->
                            !one.getValue().address.equals(address))
                    .thenComparing(one -> one.getValue().until, (a, b) -> Long.signum(a - b)))
            .toList();
    boolean own =
        visits.values().stream().filter(one -> one.address.equals(address)).count()
            >= limits.each();
    if (idle.isEmpty() || (own && !idle.getFirst().getValue().address.equals(address))) {
      return false;
    }
    close(idle.getFirst().getKey());
    return true;
  }

  /** The head of a request is there. */
  void asked(HttpConnection connection) {
    Visit visit = visits.get(connection);
    if (visit != null) {
      visit.waiting = false;
    }
  }

  /** Its answer is given. */
  void answered(HttpConnection connection) {
    Visit visit = visits.get(connection);
    if (visit != null) {
      visit.waiting = true;
      visit.until = System.nanoTime() + limits.pause().toNanos();
    }
  }

  /** Nothing more will be answered. */
  void part(HttpConnection connection) {
    Visit visit = visits.get(connection);
    if (visit != null) {
      visit.until = System.nanoTime();
    }
  }

  /** Closes those that have waited for too long; called now and then. */
  void look() {
    long now = System.nanoTime();
    visits.entrySet().stream()
        .filter(one -> one.getValue().waiting && now - one.getValue().until > 0)
        .map(Map.Entry::getKey)
        .toList()
        .forEach(this::close);
  }

  private void close(HttpConnection connection) {
    visits.remove(connection);
    connection.close();
  }
}
