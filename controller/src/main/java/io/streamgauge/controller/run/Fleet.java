package io.streamgauge.controller.run;

import io.streamgauge.common.measure.AgentInfo;
import io.streamgauge.common.message.Message;
import io.streamgauge.common.message.Register;
import io.streamgauge.common.message.Registered;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The agents that have introduced themselves. */
public final class Fleet {
  private final Map<String, AgentInfo> agents = new TreeMap<>();

  /** Takes an agent in; an agent that comes again replaces what was known of it. */
  public Registered register(Register request) {
    if (request.protocol() != Message.PROTOCOL) {
      throw new IllegalArgumentException(
          "protocol: %d is not valid, expected %d: agent %s is of another version (%s)"
              .formatted(
                  request.protocol(),
                  Message.PROTOCOL,
                  request.agent().id(),
                  request.agent().version()));
    }
    agents.put(request.agent().id(), request.agent());
    return new Registered(request.agent().id());
  }

  /** Agents that fire load, by id. */
  public List<AgentInfo> load() {
    return withRole("load");
  }

  /** Agents that can start engines, by id. */
  public List<AgentInfo> gpu() {
    return withRole("gpu");
  }

  private List<AgentInfo> withRole(String role) {
    return agents.values().stream().filter(agent -> agent.roles().contains(role)).toList();
  }
}
