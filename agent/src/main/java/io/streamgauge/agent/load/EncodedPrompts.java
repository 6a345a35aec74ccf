package io.streamgauge.agent.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.agent.client.RequestBodies;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.PromptContent;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.PromptOrder;
import io.streamgauge.common.plan.request.ModelMix;
import io.streamgauge.common.plan.request.RequestShape;
import io.streamgauge.common.plan.request.Target;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The prompts of a level and the bodies of their requests in the bytes that are sent. Encoded once
 * for all lanes, before the order to start, because a lane that encodes is late with what it sends.
 */
public final class EncodedPrompts {
  private final List<Prompt> prompts;

  /** Those of the first model, then those of the next. */
  private final byte[][][] bodies;

  /** The later turns of those that have some, in the same order. */
  private final @Nullable EncodedTurns[][] turns;

  private final long[] limits;
  private final boolean inTurns;

  private EncodedPrompts(
      List<Prompt> prompts, byte[][][] bodies, @Nullable EncodedTurns[][] turns, long[] limits) {
    this.prompts = prompts;
    this.bodies = bodies;
    this.turns = turns;
    this.limits = limits;
    this.inTurns = prompts.stream().anyMatch(prompt -> prompt.turns().isPresent());
  }

  /**
   * Encodes what the level can come to send.
   *
   * @param model that requests name, where the target has no mix of several
   * @param seed of the level
   */
  public static EncodedPrompts of(
      Level level,
      Target target,
      RequestShape shape,
      String model,
      List<Prompt> prompts,
      long seed) {
    List<String> models = target.mix().map(ModelMix::names).orElse(List.of(model));
    byte[][][] bodies = new byte[models.size()][prompts.size()][];
    @Nullable EncodedTurns[][] turns = new EncodedTurns[models.size()][prompts.size()];
    long[] limits = new long[prompts.size()];
    reached(level, prompts.size(), seed)
        .forEach(
            i -> {
              limits[i] = limit(shape, prompts.get(i));
              for (int m = 0; m < bodies.length; m++) {
                if (prompts.get(i).turns().isPresent()) {
                  EncodedTurns encoded = EncodedTurns.of(shape, models.get(m), prompts.get(i));
                  turns[m][i] = encoded;
                  bodies[m][i] = encoded.first().bytes();
                } else {
                  bodies[m][i] = RequestBodies.encode(shape, models.get(m), prompts.get(i));
                }
              }
            });
    return new EncodedPrompts(prompts, bodies, turns, limits);
  }

  /** A body that is sent as it is brings its own limit. */
  private static long limit(RequestShape shape, Prompt prompt) {
    OptionalLong own =
        prompt.content() instanceof PromptContent.Body(ObjectNode body)
            ? RequestShape.limitOf(body)
            : OptionalLong.empty();
    return own.orElseGet(() -> shape.tokenLimit(prompt.maxTokens()));
  }

  /** A level of few requests does not come to all prompts of a large dataset. */
  private static IntStream reached(Level level, int prompts, long seed) {
    long requests = level.extent().requests().orElse(Long.MAX_VALUE);
    PromptOrder order = new PromptOrder(prompts, seed);
    return requests < prompts
        ? LongStream.range(0, requests).mapToInt(order::promptOf)
        : IntStream.range(0, prompts);
  }

  /** Whether conversations are sent in turns. */
  boolean inTurns() {
    return inTurns;
  }

  /** What begins with that prompt, for the model of that place in the mix. */
  Session session(long index, int model, int prompt) {
    EncodedTurns later = turns[model][prompt];
    return later == null
        ? Session.ofOne(index, prompt(prompt), body(model, prompt), limit(prompt))
        : Session.of(index, prompt(prompt), limit(prompt), later);
  }

  int count() {
    return prompts.size();
  }

  Prompt prompt(int index) {
    return prompts.get(index);
  }

  /** The body for the model of that place in the mix; nobody may change it. */
  byte[] body(int model, int prompt) {
    return Objects.requireNonNull(bodies[model][prompt], "a prompt beyond the level's extent");
  }

  /** The most tokens that the prompt may be answered with; 0 for any. */
  long limit(int prompt) {
    return limits[prompt];
  }

  @Override
  public String toString() {
    return "EncodedPrompts[%d]".formatted(count());
  }
}
