package io.streamgauge.agent.client.wire.kernel;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.ScheduledFuture;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sockets of our own on the lane's event loop, stamped by the kernel, in a set that the lane looks
 * at once a millisecond: a stamp is as exact as if each read had woken the lane, and a look takes
 * some fifty reads for one waking. What must not wait, connections being opened and requests that
 * the kernel did not take at once, is in a second set, which wakes the lane; so is the first set
 * while little comes.
 */
public final class KernelWire implements Wire {
  private static final int LOOKED = -1;
  private static final int FIRST_SLOTS = 64;

  private final Vertx vertx;
  private final ContextInternal context;
  private final IoEventLoop loop;
  private final String host;
  private final int port;
  private final Duration connectTimeout;
  private final StampTally tally;
  private final Libc libc = new Libc();
  private final Receiver receiver = new Receiver(libc);
  private final PeerInfo peers = new PeerInfo(libc);
  private final KernelClock clock;
  private final LookPeriod period = new LookPeriod();
  private final Epoll looked;
  private final Epoll urgent;
  private final IoRegistration registration;

  // Made once, because each is used a thousand times a second.
  private final Runnable wake = this::wake;
  private final Runnable look = this::look;
  private final Runnable tick = this::tick;

  /** By slot: an {@link Opening}, a {@link KernelSocket}, or none. */
  private @Nullable Object[] slots = new Object[FIRST_SLOTS];

  private int[] free = new int[FIRST_SLOTS];
  private int freeCount;
  private int used;
  private boolean nested;
  private boolean ticking;
  private @Nullable ScheduledFuture<?> timer;
  private boolean moreLeft;
  private boolean closed;
  private long lastLook;
  private long nextTick;

  /** Why there can be none on this event loop; empty where there can. */
  public static Optional<String> unusable(Vertx vertx) {
    ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
    return context.nettyEventLoop() instanceof IoEventLoop loop
            && loop.isCompatible(EpollIoHandle.class)
        ? Libc.unusable()
        : Optional.of("the event loops are not epoll's");
  }

  /** On the lane's event loop. */
  public KernelWire(Vertx vertx, String host, int port, Duration connectTimeout, StampTally tally) {
    this(vertx, host, port, connectTimeout, tally, null);
  }

  /** {@code wall} instead of the kernel's, for who sets it. */
  KernelWire(
      Vertx vertx,
      String host,
      int port,
      Duration connectTimeout,
      StampTally tally,
      KernelClock.@Nullable WallClock wall) {
    this.vertx = vertx;
    this.context = (ContextInternal) vertx.getOrCreateContext();
    this.loop = (IoEventLoop) context.nettyEventLoop();
    this.host = host;
    this.port = port;
    this.connectTimeout = connectTimeout;
    this.tally = tally;
    this.clock = new KernelClock(wall == null ? libc::wallTime : wall, tally);
    try {
      this.looked = new Epoll(libc);
      this.urgent = new Epoll(libc);
    } catch (IOException e) {
      throw new IllegalStateException("no epoll set: " + e.getMessage(), e);
    }
    this.registration = loop.register(new Waking()).getNow(); // at once, because on the loop
    registration.submit(EpollIoOps.EPOLLIN);
    this.lastLook = System.nanoTime();
  }

  /** What Netty calls when the urgent set has something. */
  private final class Waking implements EpollIoHandle {
    private final FileDescriptor fd = new FileDescriptor(urgent.fd);

    @Override
    public FileDescriptor fd() {
      return fd;
    }

    @Override
    public void handle(IoRegistration of, IoEvent event) {
      inContext(wake);
    }

    /** The event loop ends. */
    @Override
    public void close() {
      closeAll();
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
    period.gap(medianGap);
  }

  // What openings and sockets need.

  Libc libc() {
    return libc;
  }

  Receiver receiver() {
    return receiver;
  }

  PeerInfo peers() {
    return peers;
  }

  StampTally tally() {
    return tally;
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

  void prepare(int fd) {
    libc.set(fd, Libc.IPPROTO_TCP, Libc.TCP_NODELAY, 1);
    // Where it is refused there is no stamp, and each read says so.
    libc.set(fd, Libc.SOL_SOCKET, Libc.SO_TIMESTAMPNS, 1);
  }

  /** A number for a descriptor, until it is closed. */
  int slot(Opening opening) {
    int slot = freeCount > 0 ? free[--freeCount] : used++;
    if (slot == slots.length) {
      slots = Arrays.copyOf(slots, slot * 2);
      free = Arrays.copyOf(free, slot * 2);
    }
    slots[slot] = opening;
    return slot;
  }

  /** The descriptor is connected. */
  KernelSocket opened(int fd, int slot) {
    KernelSocket socket = new KernelSocket(this, fd, slot);
    slots[slot] = socket;
    looked.add(fd, Libc.EPOLLIN, slot);
    if (!ticking) {
      ticking = true;
      nextTick = System.nanoTime();
      schedule();
    }
    return socket;
  }

  void awaitRoom(int fd, int slot) {
    urgent.add(fd, Libc.EPOLLOUT, slot);
  }

  void awaitNoRoom(int fd) {
    urgent.remove(fd);
  }

  void unwatch(int fd) {
    looked.remove(fd);
  }

  void closed(int fd, int slot) {
    Libc.close(fd); // which takes it out of both sets
    slots[slot] = null;
    free[freeCount++] = slot;
  }

  /** The stamp of what was just read. */
  long stamp(int length, long since) {
    long now = System.nanoTime();
    long wall = receiver.stamp();
    long stamp = wall == Receiver.NO_STAMP ? KernelClock.NONE : clock.monotonic(wall, since, now);
    moreLeft |= length == Receiver.ROOM;
    if (stamp == KernelClock.NONE) {
      tally.userRead(length, now - since);
      return now;
    }
    tally.kernelRead(length, stamp - since);
    return stamp;
  }

  // Looking.

  private void inContext(Runnable act) {
    ContextInternal outer = context.beginDispatch();
    try {
      act.run();
    } catch (RuntimeException | Error fault) {
      context.reportException(fault);
    } finally {
      context.endDispatch(outer);
    }
  }

  private void wake() {
    int found = closed ? 0 : urgent.look();
    boolean look = false;
    for (int i = 0; i < found; i++) {
      int slot = urgent.number(i);
      if (slot == LOOKED) {
        look = true;
      } else {
        ready(slot);
      }
    }
    if (look && !closed) {
      look();
    }
  }

  private void ready(int slot) {
    try {
      switch (slots[slot]) {
        case Opening opening -> opening.decided();
        case KernelSocket socket -> socket.writable();
        case null, default -> {} // closed meanwhile
      }
    } catch (RuntimeException | Error fault) {
      context.reportException(fault);
    }
  }

  private void look() {
    long now = System.nanoTime();
    clock.look();
    int found = looked.look();
    moreLeft = found == Epoll.MOST;
    for (int i = 0; i < found && !closed; i++) {
      if (slots[looked.number(i)] instanceof KernelSocket socket) {
        read(socket);
      }
    }
    if (found < Epoll.MOST) {
      lastLook = now;
    }
    period.looked(found, now);
    nest(period.atOnce());
  }

  private void read(KernelSocket socket) {
    try {
      socket.readable(lastLook);
    } catch (RuntimeException | Error fault) {
      context.reportException(fault);
    }
  }

  /** Has the looked set wake the lane, or not. */
  private void nest(boolean atOnce) {
    if (atOnce != nested && !closed) {
      nested = atOnce;
      if (atOnce) {
        urgent.add(looked.fd, Libc.EPOLLIN, LOOKED);
      } else {
        urgent.remove(looked.fd);
      }
    }
  }

  private void tick() {
    if (closed || used == freeCount) {
      ticking = false;
      return;
    }
    inContext(look);
    schedule();
  }

  private void schedule() {
    long now = System.nanoTime();
    if (moreLeft) {
      loop.execute(tick);
      return;
    }
    nextTick = Math.max(nextTick + period.nanos(), now);
    timer = loop.schedule(tick, nextTick - now, TimeUnit.NANOSECONDS);
  }

  @Override
  public Future<Void> close() {
    Promise<Void> done = Promise.promise();
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
    if (closed) {
      return;
    }
    closed = true;
    if (timer != null) {
      timer.cancel(false);
    }
    List<Object> left = new ArrayList<>(Arrays.asList(slots));
    for (Object one : left) {
      switch (one) {
        case Opening opening -> opening.abandon();
        case KernelSocket socket -> socket.close();
        case null, default -> {}
      }
    }
    registration.cancel();
    urgent.close();
    looked.close();
  }
}
