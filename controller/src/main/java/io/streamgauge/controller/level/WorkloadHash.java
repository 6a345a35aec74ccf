package io.streamgauge.controller.level;

import io.streamgauge.common.Seeds;
import io.streamgauge.common.TextDigest;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.ArrivalSchedule;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.common.plan.load.PromptOrder;
import io.streamgauge.common.plan.request.ModelMix;
import io.streamgauge.common.plan.request.RequestShape;
import java.util.List;
import java.util.Optional;

/**
 * The SHA-256 of a level's whole workload: the request shape, and for each request its due time and
 * prompt, or for each session its due time and all its turns, with their think times and what goes
 * before them. It does not depend on the agents, so equal hashes mean equal work. A closed loop has
 * no due times; one that is bounded by time alone is hashed by its law (users, duration, one round
 * of prompts). Beyond {@link #MOST} requests the rest is hashed by its law too: what is left to do,
 * the arrivals, the seed and the prompts.
 */
public final class WorkloadHash {
  static final long MOST = 100_000;

  public static String of(Level level, RequestShape shape, List<Prompt> prompts, long seed) {
    return of(level, shape, Optional.empty(), prompts, seed);
  }

  /** The same for a load of several models. */
  public static String of(
      Level level, RequestShape shape, Optional<ModelMix> models, List<Prompt> prompts, long seed) {
    TextDigest digest = new TextDigest();
    models.ifPresent(mix -> digest.text("models %s %s".formatted(mix.names(), mix.upTo())));
    digest.text("%s %s %s".formatted(shape.endpoint().label(), shape.ignoreEos(), level.warmup()));
    shape.body().ifPresent(fields -> digest.text("body " + fields.json()));
    shape.maxTokensField().ifPresent(name -> digest.text("limited by " + name));
    PromptOrder order = new PromptOrder(prompts.size(), seed);
    switch (level.load()) {
      case ClosedLoop closed -> {
        digest.text("closed %d %s".formatted(closed.concurrency(), level.extent()));
        long requests = level.extent().requests().orElse((long) prompts.size());
        for (long i = 0; i < Math.min(requests, MOST); i++) {
          prompt(digest, prompts.get(order.promptOf(i)), shape);
        }
        if (requests > MOST) {
          digest.text("and so on by seed %d".formatted(seed));
          prompts.forEach(prompt -> prompt(digest, prompt, shape));
        }
      }
      case OpenLoop open -> {
        ArrivalSchedule schedule =
            ArrivalSchedule.of(open, level.extent(), Seeds.derive(seed, "arrivals", 0));
        long end = level.extent().duration().map(d -> d.toNanos()).orElse(Long.MAX_VALUE);
        long requests = level.extent().requests().orElse(Long.MAX_VALUE);
        for (long i = 0; i < requests; i++) {
          long due = schedule.next();
          if (due >= end) {
            break;
          }
          if (i == MOST && !(open.arrival() instanceof Arrival.Replay)) {
            digest.text(
                "and so on %s %s %s by seed %d"
                    .formatted(open.rate(), open.arrival().text(), level.extent(), seed));
            prompts.forEach(prompt -> prompt(digest, prompt, shape));
            break;
          }
          digest.number(due);
          prompt(digest, prompts.get(order.promptOf(i)), shape);
        }
      }
    }
    return digest.end();
  }

  private static void prompt(TextDigest digest, Prompt prompt, RequestShape shape) {
    digest.text(prompt.content().hashed());
    digest.text(Integer.toString(shape.maxTokens(prompt.maxTokens())));
    prompt.later().forEach(turn -> digest.text(turn.hashed()));
  }

  private WorkloadHash() {}
}
