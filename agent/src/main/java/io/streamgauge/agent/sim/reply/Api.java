package io.streamgauge.agent.sim.reply;

/** The ways to ask for a reply. */
public enum Api {
  CHAT("chatcmpl-", "chat.completion.chunk", "chat.completion", "messages", "max_tokens"),
  COMPLETIONS("cmpl-", "text_completion", "text_completion", "prompt", "max_tokens"),
  RESPONSES("resp_", "response", "response", "input", "max_output_tokens"),
  MESSAGES("msg_", "message", "message", "messages", "max_tokens"),
  EMBEDDINGS("embd-", "list", "list", "input", "");

  private final String idPrefix;
  private final String chunkObject;
  private final String wholeObject;
  private final String promptField;
  private final String limitField;

  Api(
      String idPrefix,
      String chunkObject,
      String wholeObject,
      String promptField,
      String limitField) {
    this.idPrefix = idPrefix;
    this.chunkObject = chunkObject;
    this.wholeObject = wholeObject;
    this.promptField = promptField;
    this.limitField = limitField;
  }

  public String idPrefix() {
    return idPrefix;
  }

  public String object(boolean stream) {
    return stream ? chunkObject : wholeObject;
  }

  public String promptField() {
    return promptField;
  }

  /** The field that limits the reply. */
  public String limitField() {
    return limitField;
  }
}
