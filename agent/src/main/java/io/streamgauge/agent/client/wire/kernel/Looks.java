package io.streamgauge.agent.client.wire.kernel;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.ScheduledFuture;
import io.streamgauge.agent.client.wire.Wire;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a lane's sockets, from its event loop. The sockets are in a set that is looked at once a
 * period; what must not wait, connections being opened and requests that the kernel did not take at
 * once, is in a second set, which wakes the loop. So is the first set while little comes.
 */
final class Looks {
  /** The number of the first set in the second. */
  private static final int LOOKED = -1;

  private final ContextInternal context;
  private final IoEventLoop loop;
  private final Slots slots;
  private final Reads reads;
  private final LookPeriod period = new LookPeriod();
  private final Epoll looked;
  private final Epoll urgent;
  private final IoRegistration registration;

  // Made once, because each is used a thousand times a second.
  private final Runnable wake = this::wake;
  private final Runnable look = this::look;
  private final Runnable tick = this::tick;

  private @Nullable ScheduledFuture<?> timer;
  private Wire.Lateness lateness = (_, _) -> {};
  private boolean nested;
  private boolean ticking;
  private boolean moreLeft;
  private boolean closed;
  private long lastLook;

  /**
   * @param ended called when the event loop ends
   */
  Looks(ContextInternal context, Slots slots, Reads reads, Libc libc, Runnable ended)
      throws IOException {
    this.context = context;
    this.loop = (IoEventLoop) context.nettyEventLoop();
    this.slots = slots;
    this.reads = reads;
    this.looked = new Epoll(libc);
    this.urgent = new Epoll(libc);
    this.registration = loop.register(new Waking(ended)).getNow(); // at once, because on the loop
    registration.submit(EpollIoOps.EPOLLIN);
  }

  /** What Netty calls when the second set has something. */
  private final class Waking implements EpollIoHandle {
    private final FileDescriptor fd = new FileDescriptor(urgent.fd);
    private final Runnable ended;

    Waking(Runnable ended) {
      this.ended = ended;
    }

    @Override
    public FileDescriptor fd() {
      return fd;
    }

    @Override
    public void handle(IoRegistration of, IoEvent event) {
      inContext(wake);
    }

    @Override
    public void close() {
      ended.run();
    }
  }

  /** The median gap of an answer, in ns. */
  void pace(long medianGap) {
    period.gap(medianGap);
  }

  /** Tells how late the looks are that are due by the clock. */
  void tellLateness(Wire.Lateness hears) {
    lateness = hears;
  }

  /** Looks at the socket from now on. */
  void watch(int fd, int slot) {
    looked.add(fd, Libc.EPOLLIN, slot);
    if (!ticking) {
      ticking = true;
      lastLook = System.nanoTime();
      period.begin(lastLook);
      schedule();
    }
  }

  void unwatch(int fd) {
    looked.remove(fd);
  }

  /** Has the socket wake the loop when it is connected, or has room for more to send. */
  void awaitRoom(int fd, int slot) {
    urgent.add(fd, Libc.EPOLLOUT, slot);
  }

  void awaitNoRoom(int fd) {
    urgent.remove(fd);
  }

  /** A read has filled its buffer: the next look is to come at once. */
  void moreIsLeft() {
    moreLeft = true;
  }

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
    boolean alsoLook = false;
    for (int i = 0; i < found; i++) {
      int slot = urgent.number(i);
      if (slot == LOOKED) {
        alsoLook = true;
      } else {
        ready(slot);
      }
    }
    if (alsoLook) {
      look();
    }
  }

  private void ready(int slot) {
    try {
      switch (slots.holder(slot)) {
        case Opening opening -> opening.decided();
        case KernelSocket socket -> socket.writable();
        case null -> {}
      }
    } catch (RuntimeException | Error fault) {
      context.reportException(fault);
    }
  }

  private void look() {
    if (closed) {
      return;
    }
    long now = System.nanoTime();
    reads.look();
    int found = looked.look();
    moreLeft = found == Epoll.MOST;
    for (int i = 0; i < found && !closed; i++) {
      if (slots.holder(looked.number(i)) instanceof KernelSocket socket) {
        read(socket);
        if (reads.full()) {
          reads.hand();
        }
      }
    }
    reads.hand();
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

  /** Has the first set wake the loop, or not. */
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
    if (closed || slots.isEmpty()) {
      ticking = false;
      return;
    }
    long late = period.late(System.nanoTime());
    if (late >= 0) {
      lateness.late(late, period.nanos());
    }
    inContext(look);
    schedule();
  }

  /** Also at once by a timer: tasks keep Netty from its sets and timers for up to a second. */
  private void schedule() {
    long delay = moreLeft ? 0 : period.untilDue(System.nanoTime());
    timer = loop.schedule(tick, delay, TimeUnit.NANOSECONDS);
  }

  void close() {
    closed = true;
    if (timer != null) {
      timer.cancel(false);
    }
    registration.cancel(); // before the descriptor goes
    urgent.close();
    looked.close();
  }
}
