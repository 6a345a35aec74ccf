package io.streamgauge.agent.sim.reply;

import io.streamgauge.common.PlanException;

/**
 * How the events of a stream are laid out in bytes and writes.
 *
 * @param roleChunk a chat stream begins with an event that holds only the role
 * @param crlf lines end in CR LF
 * @param keepAliveComment a comment comes as soon as the request has its slot
 * @param split each write is cut in two at a drawn byte, also inside a character
 * @param coalesce so many token events share a write, made when the last of them is due
 */
public record Framing(
    boolean roleChunk, boolean crlf, boolean keepAliveComment, boolean split, int coalesce) {
  public static final Framing PLAIN = new Framing(true, false, false, false, 1);

  public Framing {
    if (coalesce < 1) {
      throw new PlanException("coalesce", coalesce, "at least 1");
    }
  }

  public Framing withRoleChunk(boolean value) {
    return new Framing(value, crlf, keepAliveComment, split, coalesce);
  }

  public Framing withCrlf(boolean value) {
    return new Framing(roleChunk, value, keepAliveComment, split, coalesce);
  }

  public Framing withKeepAliveComment(boolean value) {
    return new Framing(roleChunk, crlf, value, split, coalesce);
  }

  public Framing withSplit(boolean value) {
    return new Framing(roleChunk, crlf, keepAliveComment, value, coalesce);
  }

  public Framing withCoalesce(int value) {
    return new Framing(roleChunk, crlf, keepAliveComment, split, value);
  }
}
