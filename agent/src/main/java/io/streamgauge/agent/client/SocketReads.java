package io.streamgauge.agent.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.util.function.LongSupplier;

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

  private final Scratch scratch;
  private final LongSupplier clock;
  private final Reader reader;
  private final ContextInternal context;

  /** Hears of each read: {@code length} bytes, good until it returns, and when they were read. */
  interface Reader {
    void read(byte[] bytes, int length, long stamp);

    /** The server has ended its side, and everything before that was read; closes the socket. */
    void ended();
  }

  private SocketReads(ContextInternal context, Scratch scratch, LongSupplier clock, Reader reader) {
    this.context = context;
    this.scratch = scratch;
    this.clock = clock;
    this.reader = reader;
  }

  /** From now on {@code reader} gets what comes; on the socket's event loop. */
  static Peer of(NetSocket socket, Scratch scratch, LongSupplier clock, Reader reader) {
    ChannelHandlerContext inner = ((NetSocketInternal) socket).channelHandlerContext();
    var context = (ContextInternal) Vertx.currentContext();
    inner.pipeline().addBefore(SOCKET, "reads", new SocketReads(context, scratch, clock, reader));
    // Else the socket is closed, and the kernel's account of it gone, before its end is told.
    inner.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    return new Peer(inner.channel());
  }

  @Override
  public void channelRead(ChannelHandlerContext channel, Object message) {
    long stamp = clock.getAsLong();
    var buffer = (ByteBuf) message;
    int length = buffer.readableBytes();
    byte[] bytes = scratch.bytes(length);
    try {
      buffer.readBytes(bytes, 0, length);
    } finally {
      buffer.release();
    }
    ContextInternal outer = context.beginDispatch();
    try {
      reader.read(bytes, length, stamp);
    } catch (Throwable fault) {
      context.reportException(fault);
    } finally {
      context.endDispatch(outer);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext channel, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      context.dispatch(_ -> reader.ended());
    } else {
      channel.fireUserEventTriggered(event);
    }
  }
}
