/** What a server under test tells of itself on its metrics page. */
package io.streamgauge.agent.metrics;
