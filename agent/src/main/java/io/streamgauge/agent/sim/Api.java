package io.streamgauge.agent.sim;

/** The two ways to ask for a reply. */
enum Api {
  CHAT("chatcmpl-", "chat.completion.chunk", "chat.completion", "messages"),
  COMPLETIONS("cmpl-", "text_completion", "text_completion", "prompt");

  private final String idPrefix;
  private final String chunkObject;
  private final String wholeObject;
  private final String promptField;

  Api(String idPrefix, String chunkObject, String wholeObject, String promptField) {
    this.idPrefix = idPrefix;
    this.chunkObject = chunkObject;
    this.wholeObject = wholeObject;
    this.promptField = promptField;
  }

  String idPrefix() {
    return idPrefix;
  }

  String object(boolean stream) {
    return stream ? chunkObject : wholeObject;
  }

  String promptField() {
    return promptField;
  }
}
