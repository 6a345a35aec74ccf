package io.streamgauge.agent.client.wire.kernel;

import io.streamgauge.agent.client.wire.WireSocket;
import io.vertx.core.Promise;
import io.vertx.core.Timer;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is being opened: the addresses of its target in turn, until one takes it or the
 * time is up, of which each gets an equal part.
 */
final class Opening implements Slots.Holder {
  private final KernelWire wire;
  private final Iterator<InetSocketAddress> addresses;
  private final long nanosEach;
  private final Promise<WireSocket> opened;
  private InetSocketAddress address;
  private @Nullable Timer timer;
  private int fd = -1;
  private int slot;

  Opening(
      KernelWire wire, List<InetSocketAddress> addresses, long nanos, Promise<WireSocket> opened) {
    this.wire = wire;
    this.addresses = addresses.iterator();
    this.nanosEach = nanos / addresses.size();
    this.opened = opened;
    this.address = addresses.getFirst();
  }

  /** Never completes within the call. */
  void start() {
    wire.later(this::next);
  }

  private void next() {
    if (wire.isClosed()) {
      opened.fail(closed());
      return;
    }
    address = addresses.next();
    fd = wire.libc().socket(SocketAddresses.family(address));
    if (fd < 0) {
      failed(Errno.connecting(wire.libc().errno(), address));
      return;
    }
    wire.libc().set(fd, Libc.IPPROTO_TCP, Libc.TCP_NODELAY, 1);
    // Where it is refused there is no stamp, and each read is counted as such.
    wire.libc().set(fd, Libc.SOL_SOCKET, Libc.SO_TIMESTAMPNS, 1);
    if (wire.libc().connect(fd, SocketAddresses.of(address)) == 0) {
      slot = wire.slots().take(this);
      connected();
      return;
    }
    int errno = wire.libc().errno();
    if (errno != Errno.EINPROGRESS) {
      Libc.close(fd);
      failed(Errno.connecting(errno, address));
      return;
    }
    slot = wire.slots().take(this);
    wire.looks().awaitRoom(fd, slot);
    timer = wire.timer(nanosEach);
    timer.onSuccess(_ -> timedOut());
  }

  /** The kernel knows how it went. */
  void decided() {
    stopTimer();
    int errno = wire.libc().waitingError(fd);
    // A server that has reset it by now had taken it before: the first read will tell.
    if (errno == 0 || errno == Errno.ECONNRESET) {
      wire.looks().awaitNoRoom(fd);
      connected();
    } else {
      wire.close(fd, slot);
      failed(Errno.connecting(errno, address));
    }
  }

  private void connected() {
    KernelSocket socket = new KernelSocket(wire, fd, slot);
    wire.slots().hand(slot, socket);
    wire.looks().watch(fd, slot);
    opened.complete(socket);
  }

  private void timedOut() {
    wire.close(fd, slot);
    failed(
        new ConnectException(
            "connection timed out after %d ms: %s"
                .formatted(TimeUnit.NANOSECONDS.toMillis(nanosEach), address)));
  }

  /** The next address gets its slot in a task of its own: what is ready now is by today's slots. */
  private void failed(ConnectException why) {
    if (addresses.hasNext()) {
      start();
    } else {
      opened.fail(why);
    }
  }

  @Override
  public void abandon() {
    stopTimer();
    wire.close(fd, slot);
    opened.fail(closed());
  }

  private static ConnectException closed() {
    return new ConnectException("the client was closed");
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel();
    }
  }
}
