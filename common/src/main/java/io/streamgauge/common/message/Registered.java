package io.streamgauge.common.message;

import java.time.Instant;
import java.util.Optional;

/**
 * The controller knows the agent.
 *
 * @param now its clock at the answer
 * @param run the run that is on, if one is
 */
public record Registered(String agent, Instant now, Optional<String> run) implements Message {}
