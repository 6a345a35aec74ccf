/**
 * What this agent's owner permits, whatever a controller asks: which targets, how much load, and a
 * log of who asked for what.
 */
package io.streamgauge.agent.guard;
