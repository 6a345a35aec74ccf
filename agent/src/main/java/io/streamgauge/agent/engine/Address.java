package io.streamgauge.agent.engine;

import java.util.Optional;
import java.util.Set;

/**
 * Where an engine listens, and how others reach it.
 *
 * @param listen the address it listens on
 * @param url its base URL, for load agents on this host and on others
 */
public record Address(String listen, String url) {
  private static final Set<String> ANY = Set.of("0.0.0.0", "::", "[::]");

  /**
   * Listens on the host of the engine's file, else on the agent's own address: loopback where the
   * agent is not in a network. An engine that listens on all addresses is reached by the agent's.
   */
  public static Address of(Optional<String> host, String agent, int port) {
    String listen = host.orElse(agent);
    String named = ANY.contains(listen) ? agent : listen;
    boolean bare6 = named.contains(":") && !named.startsWith("[");
    return new Address(listen, "http://%s:%d".formatted(bare6 ? "[" + named + "]" : named, port));
  }
}
