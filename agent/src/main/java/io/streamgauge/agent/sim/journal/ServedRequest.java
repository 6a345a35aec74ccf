package io.streamgauge.agent.sim.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.streamgauge.agent.sim.reply.Fault;
import org.jspecify.annotations.Nullable;

/**
 * One finished request in the log; times are nanoseconds of {@code System.nanoTime()} taken just
 * before the write, on Linux comparable with those of another process on the same machine.
 *
 * @param id the request's {@code X-Request-Id}, or one made up
 * @param recv when the last byte of the request had come
 * @param start when it got its slot, null if it never did
 * @param first when the first event with a token was written, null if none was
 * @param last when the last event with a token was written
 * @param times when each event with tokens was written; one answer without stream is one event
 * @param tokens tokens in these events
 * @param fault what was done to it on purpose
 * @param cancelled whether the client went away before the reply was complete
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ServedRequest(
    String id,
    long recv,
    @Nullable Long start,
    @Nullable Long first,
    @Nullable Long last,
    EventTimes times,
    int tokens,
    int events,
    int promptTokens,
    @Nullable Fault fault,
    boolean cancelled) {}
