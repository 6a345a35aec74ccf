package io.streamgauge.agent.client;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.management.UnixOperatingSystemMXBean;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.node.ConnectionRoom;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/**
 * Whatever a hostile server does at its sockets, each request ends exactly once, nothing is thrown
 * in the event loop and nothing stays open; for some seconds or for {@code -Dfuzz.minutes}, from
 * {@code -Dfuzz.seed} on. Alone, because it counts the process's descriptors.
 */
@Isolated
class WireFuzzTest extends OverEachWire {
  private static final long SEED = Long.getLong("fuzz.seed", 20261124);
  private static final long MINUTES = Long.getLong("fuzz.minutes", 0);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ROUNDS = 1;

  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @BeforeEach
  void listen() {
    logged.start();
    root.addAppender(logged);
  }

  @AfterEach
  void listenNoMore() {
    root.detachAppender(logged);
  }

  @Test
  void everyRequestEndsOnceAndNothingStaysOpen(TestReporter reporter) throws IOException {
    long end = System.nanoTime() + Duration.ofMinutes(MINUTES).toNanos();
    Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    round(SEED, outcomes); // after which the process has opened what it opens but once
    long files = files();
    long room = room();
    int rounds = 0;
    while (rounds < ROUNDS || end - System.nanoTime() > 0) {
      rounds++;
      round(SEED + rounds, outcomes);
      await(
          "descriptors of round %d: %d, %d before".formatted(rounds, files(), files),
          () -> files() <= files);
      assertThat(room()).as("room for connections").isEqualTo(room);
    }
    reporter.publishEntry("fuzz", "%s, %d rounds: %s".formatted(way, rounds, outcomes));
  }

  private void round(long seed, Map<Outcome, Long> outcomes) throws IOException {
    List<Throwable> thrown = new CopyOnWriteArrayList<>();
    Vertx vertx = loops();
    vertx.exceptionHandler(thrown::add);
    SplittableRandom seeds = new SplittableRandom(seed);
    try (SocketServer server = new SocketServer((socket, _) -> serve(socket, seeds))) {
      Hammer hammer = new Hammer(vertx, server.url(), source(way, server.url()), seed, thrown::add);
      List<Outcome> ended = hammer.run(PATIENCE);
      ended.forEach(outcome -> outcomes.merge(outcome, 1L, Long::sum));
      if (seed % 2 == 0) { // else with its event loop
        hammer.close();
      }
      vertx.close().await();
      await("connections open at the server after seed " + seed, () -> server.open() == 0);
    } catch (RuntimeException | AssertionError e) {
      thrown.forEach(e::addSuppressed);
      throw e;
    }
    assertThat(thrown).as("thrown in seed " + seed).isEmpty();
    assertThat(logged.list)
        .filteredOn(event -> !told(event))
        .as("logged in seed " + seed)
        .isEmpty();
  }

  /**
   * What is no fault: a busy host, and Netty's word on a reset before Vert.x has its handler in.
   */
  private static boolean told(ILoggingEvent event) {
    return event.getLoggerName().endsWith("BlockedThreadChecker")
        || (event.getLoggerName().endsWith("DefaultChannelPipeline")
            && event.getThrowableProxy() != null
            && event.getThrowableProxy().getClassName().endsWith("NotYetConnectedException"));
  }

  private static void serve(Socket socket, SplittableRandom seeds)
      throws IOException, InterruptedException {
    SplittableRandom random;
    synchronized (seeds) {
      random = seeds.split();
    }
    Prank.Act act = new Prank.Act(socket, random);
    while (!socket.isClosed() && !socket.isOutputShutdown()) {
      Prank.one(random).play(act);
    }
  }

  private static long files() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? system.getOpenFileDescriptorCount()
        : 0;
  }

  /** Connections for which there is room yet. */
  private static long room() {
    int least = 0;
    int most = 1 << 20;
    while (least < most) {
      int middle = (least + most + 1) >>> 1;
      if (ConnectionRoom.take(middle)) {
        ConnectionRoom.give(middle);
        least = middle;
      } else {
        most = middle - 1;
      }
    }
    return least;
  }

  private static void await(String what, BooleanSupplier so) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!so.getAsBoolean()) {
      assertThat(deadline - System.nanoTime()).as(what).isPositive();
      LockSupport.parkNanos(1_000_000);
    }
  }
}
