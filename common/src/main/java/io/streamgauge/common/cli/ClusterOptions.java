package io.streamgauge.common.cli;

import io.streamgauge.common.HostPort;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.node.NodeOptions;
import io.streamgauge.common.node.TlsFiles;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every process that takes part in a cluster. */
public final class ClusterOptions {
  @Option(
      names = "--bind",
      paramLabel = "HOST[:PORT]",
      description =
          "The address of this host for the cluster, or a name that has it, and its port; the event"
              + " bus takes the next port. Default: 127.0.0.1, with 5701 for a controller and free"
              + " ports for an agent.")
  private String bind = "127.0.0.1";

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      description = "The cluster's name, the same for all. Default: streamgauge.")
  private String cluster = NodeOptions.DEFAULT_CLUSTER;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "This host's certificate (PEM); deploy/certs.sh makes them.")
  private @Nullable Path tlsCert;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "Its private key (PEM).")
  private @Nullable Path tlsKey;

  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description = "The certificate of the authority of this cluster's hosts (PEM).")
  private @Nullable Path tlsCa;

  @Option(
      names = "--tls-name",
      paramLabel = "NAME",
      description =
          "The name in --tls-cert by which others know this host, where its address is not known"
              + " beforehand. Default: the host of --bind.")
  private @Nullable String tlsName;

  @Option(
      names = "--insecure-network",
      description =
          "Listen on an address that others can reach without TLS and without a token. Whoever"
              + " reaches the ports can then read and disturb everything; each result says so.")
  private boolean insecure;

  /**
   * How this process takes part.
   *
   * @param join members that are known beforehand
   * @throws PlanException when others could reach it unprotected and nobody said that they may
   */
  public NodeOptions node(List<String> join, int defaultPort) {
    HostPort place = HostPort.parse("bind", bind, defaultPort);
    List<HostPort> members =
        join.stream()
            .map(member -> HostPort.parse("join", member, NodeOptions.DEFAULT_PORT))
            .toList();
    Optional<TlsFiles> tls = tls();
    if (tls.isEmpty()) {
      requireProtection("bind", place);
    } else {
      tls.get().issuedFor(tlsName == null ? place.host() : tlsName);
    }
    return new NodeOptions(resolved(place), members, cluster, tls);
  }

  /** Members tell each other addresses, never names. */
  private static HostPort resolved(HostPort place) {
    try {
      return new HostPort(InetAddress.getByName(place.host()).getHostAddress(), place.port());
    } catch (UnknownHostException _) {
      throw new PlanException("bind", place, "an address of this host, or a name that has one");
    }
  }

  /** All three files or none. */
  public Optional<TlsFiles> tls() {
    if (tlsCert != null && tlsKey != null && tlsCa != null) {
      return Optional.of(new TlsFiles(tlsCert, tlsKey, tlsCa));
    }
    if (tlsCert != null || tlsKey != null || tlsCa != null) {
      throw new PlanException(
          "tls-cert, tls-key, tls-ca",
          "%s, %s, %s".formatted(tlsCert, tlsKey, tlsCa),
          "all three files or none");
    }
    return Optional.empty();
  }

  /** The authority's certificate, also where it is given alone, as to who only calls the API. */
  public Optional<Path> authority() {
    return Optional.ofNullable(tlsCa);
  }

  /** Refuses a place that others can reach, unless it was said that they may. */
  public void requireProtection(String field, HostPort place) {
    if (!insecure && !place.loopback()) {
      throw new PlanException(
          field,
          place,
          "an address of this host alone, or the protection of --tls-cert, --tls-key, --tls-ca"
              + " (and --token-file for the API), or --insecure-network");
    }
  }

  /** Whether it was said that others may listen in. */
  public boolean insecure() {
    return insecure;
  }
}
