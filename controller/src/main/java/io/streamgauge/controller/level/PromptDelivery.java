package io.streamgauge.controller.level;

import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.PromptsId;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.controller.fleet.AgentClient;
import io.streamgauge.controller.fleet.AgentClient.Answer;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Orders levels to be prepared; an agent that does not hold the run's prompts gets them first, in
 * parts that each take little time to sign, to send and to read.
 */
public final class PromptDelivery {
  /** Characters of a part, unless one prompt alone has more. */
  private static final int PART = 256 << 10;

  private final AgentClient client;
  private final BooleanSupplier unwanted;
  private final PromptsId id;
  private final List<AgentCommand> parts;

  /** {@code unwanted} tells that the run ends and nothing more is to be sent. */
  public PromptDelivery(
      AgentClient client, String run, List<Prompt> prompts, BooleanSupplier unwanted) {
    this.client = client;
    this.unwanted = unwanted;
    this.id = PromptsId.of(prompts);
    this.parts = parts(run, id, prompts);
  }

  private static List<AgentCommand> parts(String run, PromptsId id, List<Prompt> prompts) {
    List<AgentCommand> parts = new ArrayList<>();
    for (int first = 0, end = 0; first < prompts.size(); first = end) {
      int size = 0;
      do {
        size += size(prompts.get(end++));
      } while (end < prompts.size() && size + size(prompts.get(end)) <= PART);
      parts.add(new AgentCommand.LoadPrompts(run, id, first, prompts.subList(first, end)));
    }
    return List.copyOf(parts);
  }

  private static int size(Prompt prompt) {
    return prompt.content().hashed().length()
        + prompt.later().stream().mapToInt(turn -> turn.hashed().length()).sum();
  }

  PromptsId id() {
    return id;
  }

  /** The agent's answer to the order, or that to the part of the prompts that it did not take. */
  Future<Answer> prepare(String agent, AgentCommand.Prepare order) {
    return client
        .order(agent, order)
        .compose(
            reply ->
                reply instanceof Answer.NeedsPrompts
                    ? load(agent).compose(loaded -> next(loaded, agent, order))
                    : Future.succeededFuture(reply));
  }

  private Future<Answer> load(String agent) {
    Future<Answer> last = Future.succeededFuture(new Answer.Taken());
    for (AgentCommand part : parts) {
      last = last.compose(before -> next(before, agent, part));
    }
    return last;
  }

  private Future<Answer> next(Answer before, String agent, AgentCommand command) {
    return unwanted.getAsBoolean()
        ? Future.succeededFuture(new Answer.Silent("the run ends"))
        : before instanceof Answer.Taken
            ? client.order(agent, command)
            : Future.succeededFuture(before);
  }
}
