package io.streamgauge.agent.client.wire;

import io.netty.channel.ChannelFuture;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A connection of Vert.x. */
final class VertxSocket implements WireSocket {
  private final NetSocket socket;
  private final VertxWire.Reads reads;
  private @Nullable Peer peer;

  VertxSocket(NetSocket socket, VertxWire.Reads reads) {
    this.socket = socket;
    this.reads = reads;
  }

  @Override
  public void listen(WireListener listener) {
    peer = SocketReads.of(socket, reads, listener);
    socket.closeHandler(
        _ -> {
          listener.gone();
          listener.ended();
        });
    socket.exceptionHandler(listener::failed);
  }

  @Override
  public void send(byte[] bytes, LongConsumer handed) {
    long begun = System.nanoTime();
    Future<Void> written = socket.write(Buffer.buffer(bytes));
    if (written.succeeded()) {
      reads.tally.handed(System.nanoTime() - begun);
      handed.accept(begun);
    } else {
      written.onSuccess(_ -> handed.accept(System.nanoTime()));
    }
  }

  @Override
  public boolean closed() {
    return peer != null && peer.closed();
  }

  @Override
  public boolean gotNothing() {
    return peer != null && peer.gotNothing();
  }

  /** Below Vert.x, which waits until the server has taken all that was sent: maybe for ever. */
  @Override
  public void close() {
    ChannelFuture _ = ((NetSocketInternal) socket).channelHandlerContext().close();
  }
}
