package io.streamgauge.common.message;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Everything that crosses the event bus. Immutable; only strings and codes tell of errors. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Message
    permits FleetCall,
        Registered,
        Inquiry,
        Roster,
        Claim,
        AgentCommand,
        AgentReply,
        Order,
        AgentEvent,
        Ack,
        ControllerCommand,
        ControllerReply,
        RunEvent {
  /** Raised whenever a message changes so that older agents would misread it. */
  int PROTOCOL = 8;
}
