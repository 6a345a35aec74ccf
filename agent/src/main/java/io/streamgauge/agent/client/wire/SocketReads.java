package io.streamgauge.agent.client.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/**
 * Takes a connection's bytes right behind the socket (and TLS), stamps each read and copies it into
 * the lane's array. Everything but the bytes goes on to the socket. This is the one place that
 * reaches below the public API: a handler of the socket's own gets each read as a copy and an
 * object, some 400 bytes an event. Measured at 50,000 events/s on one core, side by side: the p99
 * of the error of TTFT was 5 to 13 ms this way and 15 to 25 ms with the handler.
 */
final class SocketReads extends ChannelInboundHandlerAdapter {
  /** The socket's own handler in the pipeline. */
  private static final String SOCKET = "handler";

  private final VertxWire.Reads reads;
  private final WireListener listener;
  private final ContextInternal context;

  private SocketReads(ContextInternal context, VertxWire.Reads reads, WireListener listener) {
    this.context = context;
    this.reads = reads;
    this.listener = listener;
  }

  /** From now on {@code listener} gets what comes; on the socket's event loop. */
  static Peer of(NetSocket socket, VertxWire.Reads reads, WireListener listener) {
    ChannelHandlerContext inner = ((NetSocketInternal) socket).channelHandlerContext();
    var context = (ContextInternal) Vertx.currentContext();
    inner.pipeline().addBefore(SOCKET, "reads", new SocketReads(context, reads, listener));
    // Else the socket is closed, and the kernel's account of it gone, before its end is told.
    inner.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    return new Peer(inner.channel());
  }

  @Override
  public void channelRead(ChannelHandlerContext channel, Object message) {
    long stamp = System.nanoTime();
    var buffer = (ByteBuf) message;
    int length = buffer.readableBytes();
    byte[] bytes = reads.bytes(length);
    try {
      buffer.readBytes(bytes, 0, length);
    } finally {
      buffer.release();
    }
    ContextInternal outer = context.beginDispatch();
    try {
      reads.tally.read(length, 0, false);
      listener.read(bytes, 0, length, stamp);
    } catch (Throwable fault) {
      context.reportException(fault);
    } finally {
      context.endDispatch(outer);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext channel, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      context.dispatch(_ -> listener.ended());
    } else {
      channel.fireUserEventTriggered(event);
    }
  }
}
