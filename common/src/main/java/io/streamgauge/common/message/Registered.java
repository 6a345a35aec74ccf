package io.streamgauge.common.message;

import java.time.Instant;
import java.util.Optional;

/**
 * The controller knows the agent.
 *
 * @param controller told apart from every other one
 * @param now its clock at the answer
 * @param run the run that is on, if one is
 */
public record Registered(String agent, String controller, Instant now, Optional<String> run)
    implements Message {}
