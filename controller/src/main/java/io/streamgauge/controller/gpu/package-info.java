/**
 * What GPUs did while a level ran, as pure functions of what was sampled: times are ns of the
 * controller's clock since 1970, or since the level's start where that is said.
 */
package io.streamgauge.controller.gpu;
