package io.streamgauge.agent.load;

import io.streamgauge.agent.client.RequestBodies;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.PromptOrder;
import io.streamgauge.common.plan.request.ModelMix;
import io.streamgauge.common.plan.request.RequestShape;
import io.streamgauge.common.plan.request.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The prompts of a level and the bodies of their requests in the bytes that are sent. Encoded once
 * for all lanes, before the order to start, because a lane that encodes is late with what it sends.
 */
public final class EncodedPrompts {
  private final List<Prompt> prompts;
  private final List<byte[][]> bodies = new ArrayList<>();
  private final long[] limits;

  private EncodedPrompts(List<Prompt> prompts, RequestShape shape) {
    this.prompts = prompts;
    this.limits = prompts.stream().mapToLong(each -> shape.tokenLimit(each.maxTokens())).toArray();
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
    EncodedPrompts encoded = new EncodedPrompts(WarmupPrompts.of(level, prompts), shape);
    for (String name : target.mix().map(ModelMix::names).orElse(List.of(model))) {
      byte[][] bodies = new byte[prompts.size()][];
      reached(level, prompts.size(), seed)
          .forEach(i -> bodies[i] = RequestBodies.encode(shape, name, encoded.prompts.get(i)));
      encoded.bodies.add(bodies);
    }
    return encoded;
  }

  /** A level of few requests does not come to all prompts of a large dataset. */
  private static IntStream reached(Level level, int prompts, long seed) {
    long requests = level.extent().requests().orElse(Long.MAX_VALUE);
    PromptOrder order = new PromptOrder(prompts, seed);
    return requests < prompts
        ? LongStream.range(0, requests).mapToInt(order::promptOf)
        : IntStream.range(0, prompts);
  }

  int count() {
    return prompts.size();
  }

  Prompt prompt(int index) {
    return prompts.get(index);
  }

  /** The body for the model of that place in the mix; nobody may change it. */
  byte[] body(int model, int prompt) {
    return Objects.requireNonNull(bodies.get(model)[prompt], "a prompt beyond the level's extent");
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
