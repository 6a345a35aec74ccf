package io.streamgauge.agent.sim;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.UnixChannel;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a connection below HTTP's encoder: a write through the response makes a dozen objects
 * and three buffers an event. Where the socket has a descriptor, and nothing waits to be written
 * before, the kernel is called at once.
 */
final class SocketWrites extends ChannelInboundHandlerAdapter {
  private static final String NAME = "writes";

  private final Channel channel;
  private final @Nullable FileDescriptor descriptor;
  private Runnable resume = () -> {};
  private boolean writable = true;
  private boolean drained;

  private SocketWrites(Channel channel) {
    this.channel = channel;
    this.descriptor = channel instanceof UnixChannel unix ? unix.fd() : null;
  }

  /** Of the connection that the request came on; on its event loop. */
  static SocketWrites of(HttpServerRequest request) {
    Channel channel =
        ((HttpServerConnection) request.connection()).channelHandlerContext().channel();
    if (channel.pipeline().get(NAME) instanceof SocketWrites known) {
      return known;
    }
    SocketWrites writes = new SocketWrites(channel);
    channel.pipeline().addFirst(NAME, writes);
    return writes;
  }

  /** Has {@code task} done whenever the connection takes more again after it did not. */
  void onWritable(Runnable task) {
    resume = task;
    writable = channel.isWritable();
  }

  boolean isWritable() {
    return writable;
  }

  void send(ByteBuf bytes) {
    if (drained && sentWhole(bytes)) {
      return;
    }
    write(bytes);
    channel.unsafe().flush();
    ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
    drained = waiting != null && waiting.isEmpty();
  }

  /** Leaves the bytes to the next flush of the connection. */
  void write(ByteBuf bytes) {
    drained = false;
    channel.unsafe().write(bytes.retain(), channel.unsafe().voidPromise());
  }

  private boolean sentWhole(ByteBuf bytes) {
    if (descriptor == null || !descriptor.isOpen() || !bytes.hasMemoryAddress()) {
      return false;
    }
    try {
      int length = bytes.readableBytes();
      int sent =
          descriptor.writeAddress(bytes.memoryAddress(), bytes.readerIndex(), bytes.writerIndex());
      bytes.skipBytes(Math.max(0, sent));
      return sent == length;
    } catch (IOException _) {
      // The channel's own write fails of the same, and closes it.
      return false;
    }
  }

  /** Closes the connection at once: one that does not linger ends with RST instead of FIN. */
  void reset() {
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    ChannelFuture _ = channel.close();
  }

  /** What the response itself has queued goes first. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    writable = channel.isWritable();
    context.fireChannelWritabilityChanged();
    if (writable) {
      resume.run();
    }
  }
}
