package io.streamgauge.controller.fleet;

import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.controller.wait.RunFailure;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The seam between a plan and its agents: what commands them, and what becomes of a command. The
 * same for agents of this process, of other hosts, and of a test.
 */
public interface AgentClient {
  /** What an agent says to a command, at once; what takes long it reports later. */
  sealed interface Answer {
    record Taken() implements Answer {}

    record Refused(String reason) implements Answer {}

    /** It does not hold the prompts that the command is about. */
    record NeedsPrompts() implements Answer {}

    /** It may have come through all the same. */
    record Silent(String reason) implements Answer {}

    /** What the agent does instead, such as {@code refused: why}; empty where it does it. */
    default Optional<String> trouble() {
      return switch (this) {
        case Taken _ -> Optional.empty();
        case Refused(String reason) -> Optional.of("refused: " + reason);
        case NeedsPrompts _ -> Optional.of("does not hold the prompts that it was sent");
        case Silent(String reason) -> Optional.of("does not answer: " + reason);
      };
    }
  }

  /** Commands an agent; never fails. */
  Future<Answer> order(String agent, AgentCommand command);

  /** The same, awaited; empty where it is done, else why not. */
  default Optional<String> ask(String agent, AgentCommand command) {
    return order(agent, command).await().trouble();
  }

  /**
   * Has all commanded at once and waits for each to accept.
   *
   * @param order commands an agent
   * @return those that did not answer, and why
   * @throws RunFailure where one refuses
   */
  default Map<String, String> demandAll(
      Collection<String> agents, Function<String, Future<Answer>> order) {
    Map<String, Future<Answer>> answers = new TreeMap<>();
    agents.forEach(agent -> answers.put(agent, order.apply(agent)));
    Future.join(List.copyOf(answers.values())).await();
    Map<String, String> unanswered = new TreeMap<>();
    answers.forEach(
        (agent, answer) -> {
          switch (answer.result()) {
            case Answer.Taken _ -> {}
            case Answer.Silent silent ->
                silent.trouble().ifPresent(why -> unanswered.put(agent, why));
            case Answer.Refused _, Answer.NeedsPrompts _ ->
                throw RunFailure.failed(
                    "agent %s %s".formatted(agent, answer.result().trouble().orElse("")));
          }
        });
    return unanswered;
  }

  /** Waits for nothing: for commands that end something, which an agent may have ended itself. */
  default void tell(String agent, AgentCommand command) {
    Logger log = LoggerFactory.getLogger(AgentClient.class);
    order(agent, command)
        .onSuccess(
            answer ->
                answer
                    .trouble()
                    .ifPresent(
                        why ->
                            log.warn(
                                "agent {}, {}: it {}",
                                agent,
                                command.getClass().getSimpleName(),
                                why)));
  }
}
