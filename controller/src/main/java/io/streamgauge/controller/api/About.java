package io.streamgauge.controller.api;

import io.streamgauge.common.message.Message;
import io.streamgauge.common.node.Version;
import java.util.Optional;

/**
 * What whoever looks for this controller wants to know of it.
 *
 * @param protocol that agents must speak
 * @param cluster the name of the cluster that agents join
 * @param bind where they join it
 * @param busTls whether the event bus is under mutual TLS
 * @param key the fingerprint of the public key that agents must have
 * @param insecureNetwork whether the network is neither encrypted nor authenticated by choice
 * @param takesPlans whether plans can be submitted: a process that carries one run takes none
 */
public record About(
    String version,
    String jdk,
    int protocol,
    String cluster,
    String bind,
    boolean busTls,
    Optional<String> key,
    boolean insecureNetwork,
    boolean takesPlans) {
  /** Of this process. */
  public static About of(
      String cluster, String bind, boolean busTls, Optional<String> key, boolean insecureNetwork) {
    return new About(
        Version.TOOL,
        Runtime.version().toString(),
        Message.PROTOCOL,
        cluster,
        bind,
        busTls,
        key,
        insecureNetwork,
        true);
  }

  /** Of a process that carries one run, which nobody can join. */
  public static About ofOneRun() {
    return new About(
        Version.TOOL,
        Runtime.version().toString(),
        Message.PROTOCOL,
        "none",
        "none",
        false,
        Optional.empty(),
        false,
        false);
  }
}
