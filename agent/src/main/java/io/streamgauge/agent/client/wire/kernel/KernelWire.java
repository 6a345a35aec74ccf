package io.streamgauge.agent.client.wire.kernel;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.EpollIoHandle;
import io.streamgauge.agent.client.wire.StampTally;
import io.streamgauge.agent.client.wire.Wire;
import io.streamgauge.agent.client.wire.WireSocket;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Timer;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Sockets of our own on the lane's event loop, stamped by the kernel, at which the lane looks once
 * a millisecond: a stamp is as exact as if each read had woken the lane, and one waking serves some
 * fifty reads.
 */
public final class KernelWire implements Wire {
  /**
   * A lane's loop before all else that wants its processor, this process's own upkeep too: a lane
   * that is away for longer than a gap finds two events in one read.
   */
  private static final int LANE_NICE = -10;

  private final Vertx vertx;
  private final ContextInternal context;
  private final String host;
  private final int port;
  private final Duration connectTimeout;
  private final Libc libc = new Libc();
  private final PeerInfo peers = new PeerInfo(libc);
  private final Slots slots = new Slots();
  private final Reads reads;
  private final Looks looks;
  private boolean closed;

  /** Why there can be none on the event loops of {@code vertx}; empty where there can. */
  public static Optional<String> unusable(Vertx vertx) {
    return ((VertxInternal) vertx).getOrCreateContext().nettyEventLoop() instanceof IoEventLoop loop
            && loop.isCompatible(EpollIoHandle.class)
        ? Libc.Usable.WHY_NOT
        : Optional.of("the event loops are not epoll's");
  }

  /** On the lane's event loop. */
  public KernelWire(Vertx vertx, String host, int port, Duration connectTimeout, StampTally tally) {
    this(vertx, host, port, connectTimeout, tally, new Libc()::wallTime);
  }

  /**
   * @param wall the kernel's wall clock, or one that is set
   */
  KernelWire(
      Vertx vertx,
      String host,
      int port,
      Duration connectTimeout,
      StampTally tally,
      KernelClock.WallClock wall) {
    this.vertx = vertx;
    this.context = ((VertxInternal) vertx).getOrCreateContext();
    this.host = host;
    this.port = port;
    this.connectTimeout = connectTimeout;
    Libc.nice(LANE_NICE); // it does without where it may not
    this.reads =
        new Reads(
            new Receiver(libc), new KernelClock(wall, tally), tally, context::reportException);
    try {
      this.looks = new Looks(context, slots, reads, libc, this::closeAll);
    } catch (IOException e) {
      throw new IllegalStateException("no epoll set: " + e.getMessage(), e);
    }
  }

  @Override
  public Future<WireSocket> connect() {
    Promise<WireSocket> opened = context.promise();
    addresses()
        .onFailure(opened::fail)
        .onSuccess(found -> new Opening(this, found, connectTimeout.toNanos(), opened).start());
    return opened.future();
  }

  private Future<List<InetSocketAddress>> addresses() {
    return SocketAddresses.literal(host)
        .map(address -> Future.succeededFuture(List.of(new InetSocketAddress(address, port))))
        .orElseGet(this::resolved);
  }

  private Future<List<InetSocketAddress>> resolved() {
    Promise<List<InetSocketAddress>> found = context.promise();
    ((VertxInternal) vertx).nameResolver().resolveAll(host, found::handle);
    return found
        .future()
        .map(
            all -> all.stream().map(one -> new InetSocketAddress(one.getAddress(), port)).toList());
  }

  @Override
  public void pace(long medianGap) {
    looks.pace(medianGap);
  }

  @Override
  public boolean tellLateness(Lateness hears) {
    looks.tellLateness(hears);
    return true;
  }

  Libc libc() {
    return libc;
  }

  PeerInfo peers() {
    return peers;
  }

  Reads reads() {
    return reads;
  }

  Looks looks() {
    return looks;
  }

  Slots slots() {
    return slots;
  }

  boolean isClosed() {
    return closed;
  }

  void later(Runnable act) {
    context.runOnContext(_ -> act.run());
  }

  Timer timer(long nanos) {
    return vertx.timer(nanos, TimeUnit.NANOSECONDS);
  }

  /** Gives a descriptor and its number back; the kernel takes it out of both sets. */
  void close(int fd, int slot) {
    Libc.close(fd);
    slots.give(slot);
  }

  @Override
  public Future<Void> close() {
    Promise<Void> done = Promise.promise();
    EventLoop loop = context.nettyEventLoop();
    if (loop.inEventLoop()) {
      closeAll();
      done.complete();
    } else if (loop.isShuttingDown()) {
      done.complete(); // a loop that ends closes all
    } else {
      context.runOnContext(
          _ -> {
            closeAll();
            done.complete();
          });
    }
    return done.future();
  }

  private void closeAll() {
    if (!closed) {
      closed = true;
      slots.all().forEach(Slots.Holder::abandon);
      looks.close();
    }
  }
}
