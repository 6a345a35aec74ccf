package io.streamgauge.common.dataset;

import com.fasterxml.jackson.annotation.JsonCreator;
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
 * @param afresh whether it is all that is sent, with nothing of what was said before in front of it
 * @param spacing the least time between the turn before and this one, from when the one was due to
 *     when the other is
 */
public record Turn(
    Optional<ArrayNode> recorded,
    ArrayNode messages,
    Optional<Duration> think,
    Optional<Integer> maxTokens,
    Optional<Boolean> afresh,
    Optional<Duration> spacing) {
  @JsonCreator
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
    afresh = afresh.filter(wanted -> wanted);
  }

  /** One that goes on with what was said before. */
  public Turn(
      Optional<ArrayNode> recorded,
      ArrayNode messages,
      Optional<Duration> think,
      Optional<Integer> maxTokens) {
    this(recorded, messages, think, maxTokens, Optional.empty(), Optional.empty());
  }

  /** Whether the server's answer goes before it. */
  public boolean live() {
    return recorded.isEmpty() && afresh.isEmpty();
  }

  /** The same at another time: after such a think time, and no sooner than {@code least}. */
  public Turn timed(Optional<Duration> other, Optional<Duration> least) {
    return new Turn(recorded, messages, other, maxTokens, afresh, least);
  }

  /** What the hash of a workload is taken over. */
  public String hashed() {
    return "%s %s after %s, at most %s%s"
        .formatted(
            recorded.map(ArrayNode::toString).orElse(live() ? "live" : "afresh"),
            messages,
            think.map(Durations::format).orElse("nothing"),
            maxTokens.map(String::valueOf).orElse("as before"),
            spacing.map(least -> ", no sooner than " + Durations.format(least)).orElse(""));
  }
}
