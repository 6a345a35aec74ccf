package io.streamgauge.controller.api.guard;

import io.vertx.core.http.HttpConnection;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who is connected. Connections are few, so that a run keeps the file descriptors that it needs,
 * and none waits for ever for what its client does not send. Where there is no room, the one gives
 * way that has been without a request for longest: whoever sends one is served.
 *
 * <p>All on the event loop of the API.
 */
public final class Connections {
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
  public record Limits(int each, int all, Duration head, Duration pause) {
    /** A quarter of the descriptors that this process may have, at most. */
    public static Limits ofProcess() {
      return of(
          ManagementFactory.getOperatingSystemMXBean()
                  instanceof com.sun.management.UnixOperatingSystemMXBean system
              ? system.getMaxFileDescriptorCount()
              : Long.MAX_VALUE);
    }

    public static Limits of(long descriptors) {
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

    Visit(String address, long until) {
      this.address = address;
      this.until = until;
    }
  }

  public Connections(Limits limits) {
    this.limits = limits;
  }

  public boolean none() {
    return visits.isEmpty();
  }

  /** A new one, which is closed at once where no other can give way. */
  public void come(HttpConnection connection) {
    String address =
        connection.remoteAddress() == null ? "" : connection.remoteAddress().hostAddress();
    boolean tooMany =
        visits.values().stream().filter(one -> one.address.equals(address)).count()
            >= limits.each();
    if ((tooMany || visits.size() >= limits.all()) && !oneGivesWay(address, tooMany)) {
      connection.close();
      return;
    }
    visits.put(connection, new Visit(address, System.nanoTime() + limits.head().toNanos()));
    connection.closeHandler(_ -> visits.remove(connection));
  }

  /** One of the same address, or any other where that has few. */
  private boolean oneGivesWay(String address, boolean ofIt) {
    Optional<HttpConnection> idle =
        visits.entrySet().stream()
            .filter(one -> one.getValue().waiting)
            .filter(one -> !ofIt || one.getValue().address.equals(address))
            .min(
                Comparator.comparing(
                        (Map.Entry<HttpConnection, Visit> one) ->
                            !one.getValue().address.equals(address))
                    .thenComparing(one -> one.getValue().until, (a, b) -> Long.signum(a - b)))
            .map(Map.Entry::getKey);
    idle.ifPresent(this::close);
    return idle.isPresent();
  }

  /** The head of a request is there. */
  public void asked(HttpConnection connection) {
    visit(connection).ifPresent(visit -> visit.waiting = false);
  }

  /** Its answer is given. */
  public void answered(HttpConnection connection) {
    visit(connection)
        .ifPresent(
            visit -> {
              visit.waiting = true;
              visit.until = System.nanoTime() + limits.pause().toNanos();
            });
  }

  /** Nothing more will be answered. */
  public void part(HttpConnection connection) {
    visit(connection).ifPresent(visit -> visit.until = System.nanoTime());
  }

  private Optional<Visit> visit(HttpConnection connection) {
    return Optional.ofNullable(visits.get(connection));
  }

  /** Closes those that have waited for too long; called now and then. */
  public void look() {
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
