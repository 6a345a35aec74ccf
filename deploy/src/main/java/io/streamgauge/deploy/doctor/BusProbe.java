package io.streamgauge.deploy.doctor;

import io.streamgauge.common.HostPort;
import io.streamgauge.common.node.TlsFiles;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Whether the event bus of another member can be reached and is under TLS, found out from outside:
 * two members of which only one has TLS join each other and then hear nothing.
 */
final class BusProbe {
  private static final int CONNECT_MILLIS = 2_000;
  private static final long HANDSHAKE_SECONDS = 3;

  private final Vertx vertx;
  private final Optional<TlsFiles> tls;

  /** {@code tls} are this host's own files, if it has any. */
  BusProbe(Vertx vertx, Optional<TlsFiles> tls) {
    this.vertx = vertx;
    this.tls = tls;
  }

  /** Blocks for some seconds at most. */
  Check at(HostPort place) {
    String topic = "bus " + place;
    Optional<String> unreachable = failure(place, Optional.empty());
    if (unreachable.isPresent()) {
      return Check.warning(
          topic,
          "cannot be reached: " + unreachable.get(),
          "open the port above that of --bind too; if the member there is an agent or took other"
              + " ports, this means nothing");
    }
    boolean theirs = failure(place, Optional.of(anyone())).isEmpty();
    if (tls.isEmpty()) {
      return theirs
          ? Check.problem(
              topic,
              "the event bus there is under TLS, and no certificate is given here",
              "give --tls-cert, --tls-key and --tls-ca")
          : Check.ok(topic, "reached, without TLS as here");
    }
    if (!theirs) {
      return Check.problem(
          topic,
          "the event bus there is not under TLS, and certificates are given here",
          "start the controller with --tls-cert, --tls-key and --tls-ca, or leave them away here");
    }
    return failure(place, tls.map(BusProbe::known))
        .map(
            reason ->
                Check.problem(
                    topic,
                    "the TLS handshake fails: " + reason,
                    "use certificates of one authority on all hosts (deploy/certs.sh)"))
        .orElseGet(() -> Check.ok(topic, "reached, its certificate is of this host's authority"));
  }

  /** Why no connection comes about. */
  private Optional<String> failure(HostPort place, Optional<ClientSSLOptions> ssl) {
    var client =
        vertx.createNetClient(
            new NetClientOptions().setConnectTimeout(CONNECT_MILLIS).setReconnectAttempts(0));
    try {
      // On the connection's own thread, where its handshake has to begin.
      client
          .connect(place.port(), place.host())
          .compose(
              socket ->
                  ssl.map(
                          options ->
                              socket
                                  .upgradeToSsl(options)
                                  .timeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS))
                      .orElseGet(Future::succeededFuture))
          .await();
      return Optional.empty();
    } catch (Exception e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } finally {
      client.close();
    }
  }

  private static ClientSSLOptions anyone() {
    return new ClientSSLOptions().setTrustAll(true).setHostnameVerificationAlgorithm("");
  }

  private static ClientSSLOptions known(TlsFiles files) {
    ClientSSLOptions ssl = new ClientSSLOptions().setHostnameVerificationAlgorithm("");
    ssl.setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .setCertPath(files.cert().toString())
                .setKeyPath(files.key().toString()))
        .setTrustOptions(new PemTrustOptions().addCertPath(files.ca().toString()));
    return ssl;
  }
}
