package io.streamgauge.agent.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.agent.client.answer.Records;
import io.streamgauge.agent.client.answer.Timeline;
import io.streamgauge.agent.client.wire.kernel.KernelSlots;
import io.streamgauge.common.agent.StampSource;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.plan.request.RequestShape;
import io.streamgauge.common.plan.request.Target;
import io.streamgauge.common.plan.slo.Deadlines;
import io.streamgauge.common.secret.KnownSecrets;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A lane of users that cancel, open ahead and send long prompts, as it comes. */
final class Hammer {
  private static final int REQUESTS = 400;
  private static final int USERS = 32;
  private static final Prompt PROMPT =
      new Prompt("p1", "coding", "Write a haiku about rivers.", Optional.empty());
  private static final RequestShape SHAPE = Sending.shape(32, Duration.ofMillis(500));

  private final Context loop;
  private final TargetClient client;
  private final SplittableRandom random;
  private final byte[] usual = body(PROMPT);
  private final byte[] large =
      body(new Prompt("p2", "coding", "river ".repeat((2 << 20) / 6), Optional.empty()));
  private final int[] ends = new int[REQUESTS];
  private final List<Outcome> outcomes = new ArrayList<>();
  private final Promise<Void> all = Promise.promise();
  private final long start = System.nanoTime();
  private int begun;

  /**
   * @param thrown gets what is thrown in its event loop
   */
  Hammer(Vertx vertx, String url, StampSource source, long seed, Consumer<Throwable> thrown) {
    this.loop = vertx.getOrCreateContext();
    loop.exceptionHandler(thrown::accept);
    this.random = new SplittableRandom(seed);
    Target target = new Target(url, Optional.empty(), Optional.empty(), Map.of());
    Promise<TargetClient> made = Promise.promise();
    loop.runOnContext(
        _ ->
            made.complete(
                new TargetClient(
                    vertx,
                    target,
                    SHAPE.endpoint(),
                    Optional.empty(),
                    SHAPE.timeout(),
                    System::nanoTime,
                    source)));
    this.client = made.future().await();
  }

  private static byte[] body(Prompt prompt) {
    return RequestBodies.encode(SHAPE, "simulated", prompt);
  }

  /** The outcomes of all its requests. */
  List<Outcome> run(Duration patience) {
    loop.runOnContext(
        _ -> {
          client.connect(USERS / 2);
          for (int i = 0; i < USERS; i++) {
            next();
          }
        });
    all.future().timeout(patience.toMillis(), TimeUnit.MILLISECONDS).await();
    return outcomes;
  }

  private void next() {
    if (begun == REQUESTS) {
      return;
    }
    int index = begun++;
    long now = System.nanoTime();
    Timeline timeline = new Timeline(index, "test-" + index, now, now, 0);
    client.send(timeline, random.nextInt(12) == 0 ? large : usual, this::ended);
    if (random.nextInt(300) == 0) {
      loop.runOnContext(_ -> client.cancelAll(Outcome.CANCELLED));
    }
  }

  private void ended(Timeline timeline) {
    ends[(int) timeline.index()]++;
    var origin =
        new Records.Origin("c1", "agent-1", 0, start, Deadlines.DEFAULT, KnownSecrets.NONE);
    outcomes.add(Records.of(timeline, PROMPT, origin).outcome());
    next();
    if (outcomes.size() == REQUESTS) {
      client.keepNoMore();
      all.complete();
    }
  }

  /** Closes what it has opened. */
  void close() {
    client.close().await();
    Promise<Boolean> empty = Promise.promise();
    loop.runOnContext(_ -> empty.complete(KernelSlots.empty(client.wire())));
    assertThat(empty.future().await()).as("no slot is taken").isTrue();
    assertThat(ends).as("how often each request ended").containsOnly(1);
  }
}
