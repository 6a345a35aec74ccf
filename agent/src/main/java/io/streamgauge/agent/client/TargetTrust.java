package io.streamgauge.agent.client;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.streamgauge.common.plan.request.Authorities;
import io.streamgauge.common.plan.request.Trust;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.PemTrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Has the clients of a target believe whom the plan tells them to. */
public final class TargetTrust {
  public static void apply(ClientOptionsBase options, Trust trust) {
    options.setTrustAll(trust.insecure());
    trust
        .ca()
        .map(Authorities::pem)
        .ifPresent(
            pem -> options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(pem))));
  }

  /** The same for a connection of the JDK's. */
  public static void apply(HttpsURLConnection https, Trust trust) throws IOException {
    if (trust.equals(Trust.SYSTEM)) {
      return;
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(trust), new SecureRandom());
      https.setSSLSocketFactory(context.getSocketFactory());
      if (trust.insecure()) {
        https.setHostnameVerifier((_, _) -> true);
      }
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot trust as asked", e);
    }
  }

  private static TrustManager[] managers(Trust trust) throws GeneralSecurityException, IOException {
    if (trust.insecure()) {
      return InsecureTrustManagerFactory.INSTANCE.getTrustManagers();
    }
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    byte[] pem = trust.ca().orElseThrow().pem().getBytes(StandardCharsets.US_ASCII);
    for (Certificate authority :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(pem))) {
      store.setCertificateEntry("ca-" + store.size(), authority);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private TargetTrust() {}
}
