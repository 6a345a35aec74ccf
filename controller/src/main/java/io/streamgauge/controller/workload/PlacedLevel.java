package io.streamgauge.controller.workload;

import io.streamgauge.common.plan.Level;

/**
 * A level of a run and how many there are in front of it, also of those that are left out: prompts
 * that no two levels share begin by it.
 */
public record PlacedLevel(Level level, int place) {}
