package io.streamgauge.agent.sim;

/** What a valid request asks for. */
record InferenceRequest(
    Api api,
    PromptText prompt,
    int maxTokens,
    boolean ignoreEos,
    boolean stream,
    boolean includeUsage,
    boolean continuousUsage) {}
