package io.streamgauge.agent.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Alone, because it weighs the heap, in which what others hold would count. */
@Isolated
class SilentServerTest extends OverEachWire {
  private static final Duration SHORT = Duration.ofSeconds(3);
  private static final long MEGABYTE = HostileServerTest.MEGABYTE;
  private static final String OPENING = HostileServerTest.STREAM + "\r\n";

  @Test
  void whatSaysNothingForEverEndsAtTheTimeLimitAndFillsNoMemory() {
    Vertx vertx = loops();
    AtomicLong comments = new AtomicLong();
    AtomicLong blanks = new AtomicLong();
    try (Sending one = silence(vertx, ": still here\n\n", comments);
        Sending other = silence(vertx, "\n", blanks)) {
      long before = usedMemory();
      Future<RequestRecord> first = one.begin();
      Future<RequestRecord> second = other.begin();
      HostileServerTest.answered(one);
      HostileServerTest.answered(other);
      endedAtTheTimeLimit(first.await());
      endedAtTheTimeLimit(second.await());

      assertThat(comments.get()).isGreaterThan(MEGABYTE);
      assertThat(blanks.get()).isGreaterThan(MEGABYTE);
      assertThat(usedMemory() - before).isLessThan(64 * MEGABYTE);
    }
  }

  private Sending silence(Vertx vertx, String again, AtomicLong written) {
    RawServer server = HostileServerTest.hostile(vertx, OPENING, again, written);
    return sending(vertx, server.url(), Sending.shape(4, SHORT));
  }

  private static void endedAtTheTimeLimit(RequestRecord record) {
    assertThat(record.outcome()).as(record.error()).isEqualTo(Outcome.TIMEOUT);
    assertThat(record.error()).contains("0 chunks seen");
  }

  private static long usedMemory() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
