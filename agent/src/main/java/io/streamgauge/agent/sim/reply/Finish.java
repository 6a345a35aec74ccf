package io.streamgauge.agent.sim.reply;

/** How requests end, in the words of vLLM's counter. */
public enum Finish {
  STOP("stop"),
  LENGTH("length"),
  ABORT("abort"),
  ERROR("error");

  private final String label;

  Finish(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  public static Finish of(Reply reply, boolean cancelled) {
    if (cancelled) {
      return ABORT;
    }
    if (reply.fault() != null) {
      return ERROR;
    }
    return reply.finishReason().equals("stop") ? STOP : LENGTH;
  }
}
