package io.streamgauge.agent.client.answer;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Collects a body of bounded length; more than that fails the pipe that brings it. */
public final class BoundedBody implements WriteStream<Buffer> {
  private final int most;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** {@code most} in bytes. */
  public BoundedBody(int most) {
    this.most = most;
  }

  public byte[] bytes() {
    return bytes.toByteArray();
  }

  @Override
  public Future<Void> write(Buffer data) {
    if (bytes.size() + data.length() > most) {
      return Future.failedFuture("the answer is longer than %d bytes".formatted(most));
    }
    bytes.writeBytes(data.getBytes());
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> end() {
    return Future.succeededFuture();
  }

  @Override
  public boolean writeQueueFull() {
    return false;
  }

  @Override
  public WriteStream<Buffer> setWriteQueueMaxSize(int size) {
    return this;
  }

  @Override
  public WriteStream<Buffer> drainHandler(@Nullable Handler<Void> handler) {
    return this;
  }

  @Override
  public WriteStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
    return this;
  }
}
