package io.streamgauge.common.message;

import io.streamgauge.common.measure.AgentInfo;

/** An agent's introduction, repeated until it is answered. */
public record Register(int protocol, AgentInfo agent) implements Message {}
