package io.streamgauge.agent.client.wire;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;

/** Connections of Vert.x, stamped when the event loop has read them: any system, and TLS. */
public final class VertxWire implements Wire {
  private final NetClient net;
  private final String host;
  private final int port;
  private final Reads reads;

  /** What all connections of a lane share: it does one thing at a time. */
  static final class Reads {
    private static final int USUAL = 1 << 16;

    final StampTally tally;
    private byte[] bytes = new byte[USUAL];

    Reads(StampTally tally) {
      this.tally = tally;
    }

    /** An array for a read of this length, good until the next call. */
    byte[] bytes(int length) {
      if (length > bytes.length) {
        bytes = new byte[Integer.highestOneBit(length) * 2];
      }
      return bytes;
    }
  }

  public VertxWire(Vertx vertx, NetClientOptions options, String host, int port, StampTally tally) {
    this.net = vertx.createNetClient(options);
    this.host = host;
    this.port = port;
    this.reads = new Reads(tally);
  }

  @Override
  public Future<WireSocket> connect() {
    return net.connect(port, host).map(socket -> new VertxSocket(socket, reads));
  }

  /** Every read wakes the lane. */
  @Override
  public void pace(long medianGap) {}

  @Override
  public Future<Void> close() {
    return net.close();
  }
}
