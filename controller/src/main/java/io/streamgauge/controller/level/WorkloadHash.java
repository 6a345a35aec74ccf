package io.streamgauge.controller.level;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.ArrivalSchedule;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.common.plan.load.PromptOrder;
import io.streamgauge.common.plan.load.Seeds;
import io.streamgauge.common.plan.request.ModelMix;
import io.streamgauge.common.plan.request.RequestShape;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The SHA-256 of a level's whole workload: the request shape, and for each request its due time and
 * prompt. It does not depend on the agents, so equal hashes mean equal work. A closed loop has no
 * due times; one that is bounded by time alone is hashed by its law (users, duration, one round of
 * prompts). Beyond {@link #MOST} requests the rest is hashed by its law too: what is left to do,
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
    MessageDigest digest = sha256();
    models.ifPresent(mix -> text(digest, "models %s %s".formatted(mix.names(), mix.upTo())));
    text(digest, "%s %s %s".formatted(shape.endpoint().label(), shape.ignoreEos(), level.warmup()));
    shape.body().ifPresent(fields -> text(digest, "body " + fields.json()));
    shape.maxTokensField().ifPresent(name -> text(digest, "limited by " + name));
    PromptOrder order = new PromptOrder(prompts.size(), seed);
    switch (level.load()) {
      case ClosedLoop closed -> {
        text(digest, "closed %d %s".formatted(closed.concurrency(), level.extent()));
        long requests = level.extent().requests().orElse((long) prompts.size());
        for (long i = 0; i < Math.min(requests, MOST); i++) {
          prompt(digest, prompts.get(order.promptOf(i)), shape);
        }
        if (requests > MOST) {
          text(digest, "and so on by seed %d".formatted(seed));
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
            text(
                digest,
                "and so on %s %s %s by seed %d"
                    .formatted(open.rate(), open.arrival().text(), level.extent(), seed));
            prompts.forEach(prompt -> prompt(digest, prompt, shape));
            break;
          }
          digest.update(ByteBuffer.allocate(Long.BYTES).putLong(due).array());
          prompt(digest, prompts.get(order.promptOf(i)), shape);
        }
      }
    }
    return "sha256:" + HexFormat.of().formatHex(digest.digest());
  }

  private static void prompt(MessageDigest digest, Prompt prompt, RequestShape shape) {
    text(digest, prompt.text());
    text(digest, Integer.toString(shape.maxTokens(prompt.maxTokens())));
  }

  private static void text(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private WorkloadHash() {}
}
