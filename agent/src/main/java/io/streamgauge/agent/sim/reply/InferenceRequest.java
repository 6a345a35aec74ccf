package io.streamgauge.agent.sim.reply;

/**
 * What a valid request asks for.
 *
 * @param room tokens that the context has beside the prompt
 */
public record InferenceRequest(
    Api api,
    PromptText prompt,
    int maxTokens,
    int room,
    boolean ignoreEos,
    boolean stream,
    boolean includeUsage,
    boolean continuousUsage) {}
