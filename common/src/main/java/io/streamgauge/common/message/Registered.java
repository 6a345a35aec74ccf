package io.streamgauge.common.message;

/** The controller knows the agent now. */
public record Registered(String agent) implements Message {}
