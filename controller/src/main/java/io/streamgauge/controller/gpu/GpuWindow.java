package io.streamgauge.controller.gpu;

import io.streamgauge.common.measure.Window;

/**
 * The window over which a level's rates are taken, and the tokens that moved in it.
 *
 * @param span in ns from the level's start
 */
public record GpuWindow(Window span, double outputTokens, double totalTokens) {
  double seconds() {
    return span.seconds();
  }
}
