package io.streamgauge.common.dataset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Durations;
import java.time.Duration;
import java.util.Optional;

/**
 * A turn of a conversation after its first.
 *
 * @param recorded what was said between the turn before and this one, as the file has it; absent
 *     where the server's answer takes its place
 * @param messages what is said then; nobody may change the trees
 * @param think the time between the answer before it and this turn
 * @param maxTokens its own output length, where it is another than the first turn's
 */
public record Turn(
    Optional<ArrayNode> recorded,
    ArrayNode messages,
    Optional<Duration> think,
    Optional<Integer> maxTokens) {
  public Turn {
    PromptContent.checkMessages("turns.messages", messages);
    recorded.ifPresent(said -> PromptContent.checkRoles("turns.recorded", said));
    think.ifPresent(
        time -> {
          if (time.isNegative()) {
            throw new PlanException("turns.think", Durations.format(time), "0s or more");
          }
        });
    Prompt.positive("turns.max_tokens", maxTokens);
  }

  /** Whether the server's answer goes before it. */
  public boolean live() {
    return recorded.isEmpty();
  }

  /** What the hash of a workload is taken over. */
  public String hashed() {
    return "%s %s after %s, at most %s"
        .formatted(
            recorded.map(ArrayNode::toString).orElse("live"),
            messages,
            think.map(Durations::format).orElse("nothing"),
            maxTokens.map(String::valueOf).orElse("as before"));
  }
}
