package io.streamgauge.agent.sim.dialect;

import io.streamgauge.agent.sim.PromptText;

/** What a valid request asks for. */
public record InferenceRequest(
    Api api,
    PromptText prompt,
    int maxTokens,
    boolean ignoreEos,
    boolean stream,
    boolean includeUsage,
    boolean continuousUsage) {}
