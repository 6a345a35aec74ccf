package io.streamgauge.common.message;

/** Who is there, and who is not and why? Answered by {@link Roster}. */
public record Inquiry(int protocol) implements Message {}
