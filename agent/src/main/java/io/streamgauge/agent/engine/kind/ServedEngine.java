package io.streamgauge.agent.engine.kind;

import io.streamgauge.common.engine.EngineKind;

/** An engine that this host has started, at the address where it serves. */
public record ServedEngine(EngineKind kind, String url) {}
