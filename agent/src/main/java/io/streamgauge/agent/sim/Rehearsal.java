package io.streamgauge.agent.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.agent.host.CompilerRest;
import io.streamgauge.agent.host.Garbage;
import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * Has the JVM load and compile what an engine runs, before anyone's tokens are late for it. Each
 * answer has a connection of its own, as taking one is work, too.
 */
public final class Rehearsal {
  /**
   * A method is compiled after some 200 calls, after many more where others wait for the compiler:
   * with a rest after each of so many rounds few are left. Single runs were the less late the more
   * rounds there were, up to this many.
   */
  private static final int ROUNDS = 8;

  private static final int REQUESTS = 300;

  private static final int AT_A_TIME = 16;
  private static final String MODEL = "rehearsal";
  private static final String BODY =
      """
      {"model":"%s","messages":[{"role":"user","content":"%s"}],"max_tokens":16,\
      "stream":true,"stream_options":{"include_usage":true},"ignore_eos":true}\
      """
          .formatted(MODEL, MODEL);
  private static final Buffer REQUEST =
      Buffer.buffer(
          "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: %d\r\n\r\n%s"
              .formatted(BODY.getBytes(UTF_8).length, BODY));

  private final NetClient client;
  private final int port;
  private int left = REQUESTS;

  private Rehearsal(NetClient client, int port) {
    this.client = client;
    this.port = port;
  }

  /** Completes when the compilers, too, are done with it, and all garbage is collected. */
  public static Future<Void> of(Vertx vertx, SimulationOptions options) {
    SimulatedEngine engine =
        new SimulatedEngine(
            SimulationOptions.defaults()
                .withModel(MODEL)
                .withFraming(options.framing())
                .withUtf8(options.utf8())
                .withLatency(LatencyModel.of(Duration.ZERO, Duration.ofNanos(50_000))));
    NetClient client = vertx.createNetClient();
    return vertx
        .deployVerticle(engine)
        .compose(
            id ->
                rounds(vertx, client, engine.port(), ROUNDS)
                    .eventually(client::close)
                    .eventually(() -> vertx.undeploy(id)))
        .compose(_ -> Garbage.collect(vertx));
  }

  private static Future<Void> rounds(Vertx vertx, NetClient client, int port, int left) {
    return left == 0
        ? Future.succeededFuture()
        : new Rehearsal(client, port)
            .play()
            .compose(_ -> CompilerRest.after(vertx))
            .compose(_ -> rounds(vertx, client, port, left - 1));
  }

  private Future<Void> play() {
    return Future.all(IntStream.range(0, AT_A_TIME).mapToObj(_ -> rest()).toList()).mapEmpty();
  }

  private Future<Void> rest() {
    return left-- > 0 ? ask().compose(_ -> rest()) : Future.succeededFuture();
  }

  private Future<Void> ask() {
    Promise<Void> answered = Promise.promise();
    client
        .connect(port, "127.0.0.1")
        .onSuccess(
            socket -> {
              socket.handler(_ -> {}).closeHandler(_ -> answered.tryComplete());
              socket.write(REQUEST);
            })
        .onFailure(answered::tryFail);
    return answered.future();
  }
}
