package io.streamgauge.agent.engine;

import io.streamgauge.common.plan.EngineKind;

/** An engine that this host has started, at the address where it serves. */
public record ServedEngine(EngineKind kind, String url) {}
