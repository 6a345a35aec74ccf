package io.streamgauge.agent.client;

import io.streamgauge.common.measure.Distribution;
import io.streamgauge.common.measure.DistributionRecorder;
import io.vertx.core.http.HttpConnection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Counts what a lane's connections went through. */
public final class Connections {
  private static final int CLOSES_AFTER_ANSWER = 3;

  private final Set<HttpConnection> fresh = Collections.newSetFromMap(new IdentityHashMap<>());
  private final DistributionRecorder connect = new DistributionRecorder();
  private long opened;
  private long reused;
  private long stale;

  void opened(HttpConnection connection) {
    opened++;
    fresh.add(connection);
    connection.closeHandler(_ -> fresh.remove(connection));
    // The request on the connection is told too, and records it; unhandled it would be logged.
    connection.exceptionHandler(_ -> fresh.remove(connection));
  }

  /**
   * Whether the connection has carried a request before; {@code nanos} is how long getting it took.
   */
  boolean take(HttpConnection connection, long nanos) {
    boolean first = fresh.remove(connection);
    if (first) {
      connect.record(nanos);
    } else {
      reused++;
    }
    return !first;
  }

  /** A reused connection turned out to be closed by the server before it answered. */
  void stale() {
    stale++;
    reused--;
  }

  /**
   * Whether this server closes connections although it says that it keeps them: then each request
   * gets its own, since a closed one is only found by losing a request on it.
   */
  boolean serverCloses() {
    return stale >= CLOSES_AFTER_ANSWER;
  }

  public Distribution connectTimes() {
    return connect.snapshot();
  }

  public long openedCount() {
    return opened;
  }

  public long reusedCount() {
    return reused;
  }

  public long staleCount() {
    return stale;
  }
}
