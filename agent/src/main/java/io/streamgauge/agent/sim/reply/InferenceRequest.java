package io.streamgauge.agent.sim.reply;

/** What a valid request asks for. */
public record InferenceRequest(
    Api api,
    PromptText prompt,
    int maxTokens,
    boolean ignoreEos,
    boolean stream,
    boolean includeUsage,
    boolean continuousUsage) {}
