package io.streamgauge.agent.sim;

/** How requests end, in the words of vLLM's counter. */
enum Finish {
  STOP("stop"),
  LENGTH("length"),
  ABORT("abort"),
  ERROR("error");

  private final String label;

  Finish(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  static Finish of(Reply reply, boolean cancelled) {
    if (cancelled) {
      return ABORT;
    }
    if (reply.fault() != null) {
      return ERROR;
    }
    return reply.finishReason().equals("stop") ? STOP : LENGTH;
  }
}
