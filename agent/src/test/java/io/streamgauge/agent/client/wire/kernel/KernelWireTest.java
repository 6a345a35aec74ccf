package io.streamgauge.agent.client.wire.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.streamgauge.agent.client.wire.StampTally;
import io.streamgauge.agent.client.wire.WireListener;
import io.streamgauge.common.agent.StampStats;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelWireTest {
  private static final long MILLI = 1_000_000;
  private static final int MESSAGES = 200;

  /** How far a stamp may lie before the write: the two clocks are read one after the other. */
  private static final long READING = MILLI;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  private final StampTally tally = new StampTally();

  @BeforeEach
  void onLinux() {
    assumeTrue(vertx.isNativeTransportEnabled(), "epoll");
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  /** One read: when its last message was written, the stamp, and when it was taken. */
  private record Read(long written, long stamp, long taken) {}

  /** A wall clock that is set forward by {@code step} ns at {@code at} of the monotonic clock. */
  private record SetClock(long at, long step) implements KernelClock.WallClock {
    private static long real() {
      return new Libc().wallTime();
    }

    @Override
    public long now() {
      return stamp(real());
    }

    @Override
    public long stamp(long kernels) {
      long monotonic = kernels - (real() - System.nanoTime());
      return monotonic >= at ? kernels + step : kernels;
    }
  }

  /** Reads a server that writes the time, each 2 ms. */
  private List<Read> read(KernelClock.WallClock wall) {
    NetServer server =
        vertx
            .createNetServer()
            .connectHandler(
                socket -> {
                  int[] left = {MESSAGES};
                  vertx.setPeriodic(
                      2,
                      timer -> {
                        socket.write(Buffer.buffer().appendLong(System.nanoTime()));
                        if (--left[0] == 0) {
                          vertx.cancelTimer(timer);
                          socket.close();
                        }
                      });
                })
            .listen(0, "127.0.0.1")
            .await();
    List<Read> reads = new ArrayList<>();
    Promise<Void> ended = Promise.promise();
    vertx
        .getOrCreateContext()
        .runOnContext(
            _ -> {
              KernelWire wire =
                  new KernelWire(
                      vertx, "127.0.0.1", server.actualPort(), Duration.ofSeconds(10), tally, wall);
              wire.connect()
                  .onFailure(ended::fail)
                  .onSuccess(socket -> socket.listen(listener(reads, ended)));
            });
    ended.future().timeout(60, TimeUnit.SECONDS).await();
    return reads;
  }

  private static WireListener listener(List<Read> reads, Promise<Void> ended) {
    return new WireListener() {
      @Override
      public void read(byte[] bytes, int offset, int length, long stamp) {
        long written = ByteBuffer.wrap(bytes).getLong(offset + length - Long.BYTES);
        reads.add(new Read(written, stamp, System.nanoTime()));
      }

      @Override
      public void ended() {
        ended.complete();
      }

      @Override
      public void failed(Throwable why) {
        ended.fail(why);
      }

      @Override
      public void gone() {}
    };
  }

  private static void assertTrue(List<Read> reads) {
    assertThat(reads)
        .isNotEmpty()
        .allSatisfy(
            read -> assertThat(read.stamp()).isBetween(read.written() - READING, read.taken()));
  }

  @Test
  void theKernelStampsEachReadBetweenItsWriteAndItsTaking() {
    List<Read> reads = read(new Libc()::wallTime);

    assertTrue(reads);
    StampStats stats = tally.stats();
    assertThat(stats.kernel()).isEqualTo(reads.size());
    assertThat(stats.user()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1_000, -1_000, 3_600_000, -3_600_000, 150})
  void whenTheWallClockIsSetInMidRunNothingJumpsAndItIsSaid(long millis) {
    List<Read> reads = read(new SetClock(System.nanoTime() + 200 * MILLI, millis * MILLI));

    assertTrue(reads);
    StampStats stats = tally.stats();
    assertThat(stats.kernel() + stats.user()).isEqualTo(reads.size());
    assertThat(stats.steps()).isEqualTo(1);
    assertThat(Math.round(stats.greatestStepNanos() / 1e6)).isEqualTo(millis);
  }

  /** The nice value of the calling thread: the 19th field, of which the second is in brackets. */
  private static int nice() throws IOException {
    String stat = Files.readString(Path.of("/proc/thread-self/stat"));
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]);
  }

  @Test
  void aLaneGoesBeforeAllElseWhereItMay() throws Exception {
    CompletableFuture<Boolean> may = new CompletableFuture<>();
    Thread.ofPlatform().start(() -> may.complete(Libc.nice(-10)));
    Promise<Integer> ofTheLane = Promise.promise();
    int outside = nice();

    vertx
        .getOrCreateContext()
        .runOnContext(
            _ -> {
              KernelWire wire =
                  new KernelWire(vertx, "127.0.0.1", 1, Duration.ofSeconds(10), tally);
              try {
                ofTheLane.complete(nice());
              } catch (IOException e) {
                ofTheLane.fail(e);
              }
              wire.close();
            });

    assertThat(ofTheLane.future().timeout(60, TimeUnit.SECONDS).await())
        .isEqualTo(may.get(60, TimeUnit.SECONDS) ? -10 : outside);
    assertThat(nice()).as("of any other thread").isEqualTo(outside);
  }
}
