/**
 * Who may command whom: the controller's key pair, commands signed with it, and the token of the
 * HTTP API. Nothing here trusts the event bus, which anyone who reaches its port can join.
 */
package io.streamgauge.common.trust;
