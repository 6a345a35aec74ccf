package io.streamgauge.common.plan.load;

/** What decides when a request starts: a free user (closed loop) or the clock (open loop). */
public sealed interface Load permits ClosedLoop, OpenLoop {}
