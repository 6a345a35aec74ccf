package io.streamgauge.agent.guard;

import java.net.InetAddress;
import java.util.List;

/** Whether this agent may send load to a target. */
public sealed interface TargetVerdict {
  /** It may; these are the addresses that were looked at. */
  record Allowed(List<InetAddress> addresses) implements TargetVerdict {
    public Allowed {
      addresses = List.copyOf(addresses);
    }
  }

  /** It may not; {@code reason} says how the agent's owner would permit it. */
  record Refused(String reason) implements TargetVerdict {}
}
