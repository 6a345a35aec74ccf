/**
 * Reading a streamed answer: bytes of a socket to events, events to what they say. Nothing here
 * knows of a network, a clock or Vert.x.
 */
package io.streamgauge.agent.stream;
