package io.streamgauge.agent.client;

import io.streamgauge.agent.client.answer.Records;
import io.streamgauge.agent.client.answer.Timeline;
import io.streamgauge.common.agent.StampSource;
import io.streamgauge.common.agent.StampStats;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.node.ConnectionRoom;
import io.streamgauge.common.plan.request.ApiEndpoint;
import io.streamgauge.common.plan.request.RequestShape;
import io.streamgauge.common.plan.request.Target;
import io.streamgauge.common.plan.slo.Deadlines;
import io.streamgauge.common.secret.KnownSecrets;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A client of one target, driven request by request. */
final class Sending implements AutoCloseable {
  private static final Prompt PROMPT =
      new Prompt("p1", "coding", "Write a haiku about rivers.", Optional.empty());
  private static final long PATIENCE_SECONDS = 30;

  private final Vertx vertx;
  private final Context loop;
  private final RequestShape shape;
  private final TargetClient client;
  private Prompt prompt = PROMPT;
  private long next;

  /**
   * @param stamps whose stamps
   */
  Sending(Vertx vertx, String url, RequestShape shape, StampSource stamps) {
    this.vertx = vertx;
    this.loop = vertx.getOrCreateContext();
    this.shape = shape;
    Target target = new Target(url, Optional.empty(), Optional.empty(), Map.of("X-Extra", "yes"));
    this.client =
        onLoop(
            () ->
                new TargetClient(
                    vertx,
                    target,
                    shape.endpoint(),
                    Optional.of("secret-key"),
                    shape.timeout(),
                    System::nanoTime,
                    stamps));
  }

  /** From now on sends this prompt. */
  Sending with(Prompt another) {
    prompt = another;
    return this;
  }

  static RequestShape shape(int maxTokens, Duration timeout) {
    return new RequestShape(ApiEndpoint.CHAT, Optional.of(maxTokens), true, timeout);
  }

  /** Sends one request and waits for its record. */
  RequestRecord send() {
    return send("simulated");
  }

  RequestRecord send(String model) {
    Promise<RequestRecord> done = Promise.promise();
    long index = next++;
    long start = System.nanoTime();
    loop.runOnContext(
        _ ->
            client.send(
                new Timeline(
                    index,
                    "test-" + index,
                    start,
                    System.nanoTime(),
                    shape.maxTokens(Optional.empty())),
                RequestBodies.encode(shape, model, prompt),
                timeline ->
                    done.complete(
                        Records.of(
                            timeline,
                            PROMPT,
                            new Records.Origin(
                                "c1",
                                "agent-1",
                                0,
                                start,
                                Deadlines.DEFAULT,
                                KnownSecrets.NONE)))));
    return done.future().timeout(PATIENCE_SECONDS, TimeUnit.SECONDS).await();
  }

  /** Sends one request right after {@code first}, during which the loop reads nothing. */
  RequestRecord sendAfter(Runnable first) {
    Promise<RequestRecord> done = Promise.promise();
    loop.runOnContext(
        _ -> {
          first.run();
          start(next++, done::complete);
        });
    return done.future().timeout(PATIENCE_SECONDS, TimeUnit.SECONDS).await();
  }

  /**
   * Sends one request over a kept connection; {@code meanwhile} comes after the look that finds it
   * open, and before the request is written.
   */
  RequestRecord sendOverKept(int port, Runnable meanwhile) {
    Promise<RequestRecord> done = Promise.promise();
    ConnectionRoom.take(1);
    loop.runOnContext(
        _ ->
            client
                .wire()
                .connect()
                .onSuccess(
                    socket -> {
                      Connection kept =
                          new Connection(
                              socket,
                              client.connections(),
                              client.scratch().ordinary(),
                              System::nanoTime);
                      if (kept.endedMeanwhile()) {
                        throw new AssertionError("it was open");
                      }
                      meanwhile.run();
                      long start = System.nanoTime();
                      new Exchange(
                              client,
                              new Timeline(0, "test-0", start, start, 0),
                              RequestBodies.encode(shape, "simulated", prompt),
                              ended -> done.complete(record(ended.timeline(), start)))
                          .connected(kept, true);
                    }));
    return done.future().timeout(PATIENCE_SECONDS, TimeUnit.SECONDS).await();
  }

  /** Opens connections before they are needed. */
  void connect(int count) {
    Promise<Void> connected = Promise.promise();
    loop.runOnContext(_ -> client.connect(count).onComplete(connected));
    connected.future().timeout(PATIENCE_SECONDS, TimeUnit.SECONDS).await();
  }

  /** Starts a request without waiting for its record. */
  Future<RequestRecord> begin() {
    Promise<RequestRecord> done = Promise.promise();
    long index = next++;
    loop.runOnContext(_ -> start(index, done::complete));
    return done.future().timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Sends {@code count} requests, each in the moment in which the one before it has ended. */
  List<RequestRecord> sendInTurn(int count) {
    List<RequestRecord> records = new ArrayList<>();
    Promise<Void> all = Promise.promise();
    loop.runOnContext(_ -> sendInTurn(count, records, all));
    all.future().timeout(PATIENCE_SECONDS, TimeUnit.SECONDS).await();
    return records;
  }

  private void sendInTurn(int left, List<RequestRecord> records, Promise<Void> all) {
    if (left == 0) {
      all.complete();
      return;
    }
    start(
        next++,
        record -> {
          records.add(record);
          sendInTurn(left - 1, records, all);
        });
  }

  private void start(long index, Consumer<RequestRecord> done) {
    long start = System.nanoTime();
    client.send(
        new Timeline(index, "test-" + index, start, start, 0),
        RequestBodies.encode(shape, "simulated", prompt),
        timeline -> done.accept(record(timeline, start)));
  }

  private static RequestRecord record(Timeline timeline, long start) {
    return Records.of(
        timeline,
        PROMPT,
        new Records.Origin("c1", "agent-1", 0, start, Deadlines.DEFAULT, KnownSecrets.NONE));
  }

  /** Starts a request without waiting, then cancels everything once it is in flight. */
  RequestRecord sendAndCancel() {
    Promise<RequestRecord> done = Promise.promise();
    long start = System.nanoTime();
    loop.runOnContext(
        _ -> {
          client.send(
              new Timeline(
                  next++, "cancelled", start, System.nanoTime(), shape.maxTokens(Optional.empty())),
              RequestBodies.encode(shape, "simulated", prompt),
              timeline -> done.complete(record(timeline, start)));
          loop.runOnContext(_ -> client.cancelAll(Outcome.CANCELLED));
        });
    return done.future().timeout(PATIENCE_SECONDS, TimeUnit.SECONDS).await();
  }

  int largestRead() {
    return onLoop(client.stamps()::largestRead);
  }

  /** Reads of its connections so far. */
  long reads() {
    StampStats stats = onLoop(client.stamps()::stats);
    return stats.kernel() + stats.user();
  }

  ConnectionPool connections() {
    return client.connections();
  }

  private <T> T onLoop(Supplier<T> make) {
    Promise<T> made = Promise.promise();
    loop.runOnContext(_ -> made.complete(make.get()));
    return made.future().timeout(PATIENCE_SECONDS, TimeUnit.SECONDS).await();
  }

  @Override
  public void close() {
    client.close().await();
    vertx.close().await();
  }
}
