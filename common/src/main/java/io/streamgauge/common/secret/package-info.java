/**
 * What is secret in what users give and in what servers and engines answer, and how it is hidden.
 */
package io.streamgauge.common.secret;
