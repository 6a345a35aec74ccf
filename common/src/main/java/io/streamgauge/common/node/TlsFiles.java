package io.streamgauge.common.node;

import io.streamgauge.common.files.CertificateFiles;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.util.Set;

/**
 * The files by which a node proves who it is: its certificate, its key and the certificate of the
 * authority that all nodes share, as PEM.
 */
public record TlsFiles(Path cert, Path key, Path ca) {
  private static final String TLS_1_3 = "TLSv1.3";

  /**
   * Reads all three.
   *
   * @throws io.streamgauge.common.PlanException naming the file that is not there, cannot be read,
   *     is none of its kind, can be used by others (the key), has expired, or does not belong to
   *     the others
   */
  public TlsFiles {
    CertificateFiles.check(cert, key, ca);
  }

  /**
   * Refuses a certificate that is not for this host: peers that check would.
   *
   * @throws io.streamgauge.common.PlanException if the certificate does not name it
   */
  public TlsFiles issuedFor(String host) {
    CertificateFiles.checkName(cert, host);
    return this;
  }

  /**
   * Mutual TLS 1.3 on the event bus: whoever has no certificate of the authority can neither send
   * nor receive. Vert.x 5.0 switches the check of host names off for the bus and lets nobody switch
   * it on (it would compare with an address that any member of Hazelcast can announce), so each
   * certificate of the authority is good on each host: the authority must be the cluster's own.
   */
  public EventBusOptions protect(EventBusOptions bus) {
    return bus.setSsl(true)
        .setTrustAll(false)
        .setClientAuth(ClientAuth.REQUIRED)
        .setEnabledSecureTransportProtocols(Set.of(TLS_1_3))
        .setKeyCertOptions(identity())
        .setTrustOptions(authority(ca));
  }

  /** HTTPS for a server whose clients prove who they are by a token. */
  public HttpServerOptions serve(HttpServerOptions server) {
    server
        .setSsl(true)
        .setKeyCertOptions(identity())
        .setEnabledSecureTransportProtocols(Set.of(TLS_1_3, "TLSv1.2"));
    return server;
  }

  /**
   * A client that trusts servers of this authority only, and only under the name that it calls them
   * by.
   *
   * @throws io.streamgauge.common.PlanException if the file holds no certificate
   */
  public static <O extends HttpClientOptions> O trust(O client, Path ca) {
    CertificateFiles.checkAuthority(ca);
    client.setTrustAll(false).setVerifyHost(true).setTrustOptions(authority(ca));
    return client;
  }

  private PemKeyCertOptions identity() {
    return new PemKeyCertOptions().setCertPath(cert.toString()).setKeyPath(key.toString());
  }

  private static PemTrustOptions authority(Path ca) {
    return new PemTrustOptions().addCertPath(ca.toString());
  }
}
