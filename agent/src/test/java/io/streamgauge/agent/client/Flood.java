package io.streamgauge.agent.client;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Bytes without end, as fast as the other side takes them up to some 60 MB/s. */
final class Flood {
  private static final int WRITE = 64 << 10;

  private final Vertx vertx;
  private final NetSocket socket;
  private final Buffer again;
  private final AtomicLong written;

  private Flood(Vertx vertx, NetSocket socket, Buffer again, AtomicLong written) {
    this.vertx = vertx;
    this.socket = socket;
    this.again = again;
    this.written = written;
  }

  /** Writes {@code opening} once and then {@code again} until the socket is closed. */
  static void on(Vertx vertx, NetSocket socket, String opening, String again, AtomicLong written) {
    socket.write(opening);
    Buffer block = Buffer.buffer(again.repeat(Math.ceilDiv(WRITE, again.length())));
    new Flood(vertx, socket, block, written).more();
  }

  private void more() {
    socket
        .write(again)
        .onSuccess(
            _ -> {
              written.addAndGet(again.length());
              vertx.timer(1, TimeUnit.MILLISECONDS).onSuccess(_ -> more());
            });
  }
}
