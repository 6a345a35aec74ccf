package io.streamgauge.common.message;

/** The controller has taken an event; for records, they are on its disk. */
public record Ack() implements Message {}
