/** What a server under test tells of itself, lined up with the load. No Vert.x. */
package io.streamgauge.controller.engine;
