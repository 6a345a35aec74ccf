/** The results that lie in a controller's output folder, whoever wrote them there. */
package io.streamgauge.controller.archive;
