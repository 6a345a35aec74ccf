package io.streamgauge.controller.fleet;

import io.streamgauge.common.message.AgentCommand;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Agents without a bus: a script answers, and what they were told is kept. */
public final class ScriptedAgents implements AgentClient {
  /** A command as an agent got it. */
  public record Told(String agent, AgentCommand command) {}

  private final BiFunction<String, AgentCommand, Answer> script;
  private final List<Told> told = new ArrayList<>();

  public ScriptedAgents(BiFunction<String, AgentCommand, Answer> script) {
    this.script = script;
  }

  /** Each gives one answer to everything. */
  static ScriptedAgents saying(Map<String, Answer> answers) {
    return new ScriptedAgents(
        (agent, _) -> answers.getOrDefault(agent, new Answer.Silent("no agent of that id")));
  }

  @Override
  public Future<Answer> order(String agent, AgentCommand command) {
    told.add(new Told(agent, command));
    return Future.succeededFuture(script.apply(agent, command));
  }

  /** In the order in which they came. */
  public List<Told> told() {
    return List.copyOf(told);
  }
}
