package io.streamgauge.common.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.streamgauge.common.PlanException;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks a node's certificate before it is used: a handshake that fails later says little, and to
 * the other side only.
 */
public final class CertificateFiles {
  private static final String CERT = "tls-cert";
  private static final String KEY = "tls-key";
  private static final String CA = "tls-ca";
  private static final int DNS_NAME = 2;
  private static final int ADDRESS = 7;

  /**
   * Refuses files that would not work together.
   *
   * @throws PlanException naming the one that is wrong
   */
  public static void check(Path cert, Path key, Path ca) {
    List<X509Certificate> chain = certificates(CERT, cert);
    checkPair(chain.getFirst().getPublicKey(), privateKey(key), key);
    checkTimes(CERT, cert, chain.getFirst());
    checkUses(cert, chain.getFirst());
    checkIssuer(cert, chain, ca, certificates(CA, ca));
  }

  /** Refuses a file that holds no authority's certificate. */
  public static void checkAuthority(Path ca) {
    certificates(CA, ca);
  }

  /** Refuses a certificate that does not name a host among its alternative names. */
  public static void checkName(Path cert, String host) {
    X509Certificate own = certificates(CERT, cert).getFirst();
    if (!names(cert, own).contains(canonical(host))) {
      throw new PlanException(
          CERT, cert, "a certificate for %s, this is for %s".formatted(host, names(cert, own)));
    }
  }

  private static List<X509Certificate> certificates(String field, Path file) {
    byte[] pem = PrivateFile.readPublic(field, file);
    if (Pem.decode("CERTIFICATE", pem).isPresent()) {
      try {
        return CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(pem))
            .stream()
            .map(X509Certificate.class::cast)
            .toList();
      } catch (CertificateException e) {
        throw noCertificate(field, file);
      }
    }
    throw noCertificate(field, file);
  }

  private static PlanException noCertificate(String field, Path file) {
    return new PlanException(field, file, "a certificate in PEM (BEGIN CERTIFICATE)");
  }

  private static PrivateKey privateKey(Path file) {
    byte[] pem = PrivateFile.read(KEY, file);
    if (new String(pem, ISO_8859_1).contains("ENCRYPTED")) {
      throw new PlanException(KEY, file, "a key without a password: openssl pkey -in … -out …");
    }
    byte[] der =
        Pem.decode(Pem.PRIVATE_KEY, pem)
            .orElseThrow(
                () -> new PlanException(KEY, file, "a key in PEM (BEGIN PRIVATE KEY, PKCS #8)"));
    return read("EC", der)
        .or(() -> read("RSA", der))
        .orElseThrow(() -> new PlanException(KEY, file, "an EC or RSA key"));
  }

  private static Optional<PrivateKey> read(String algorithm, byte[] der) {
    try {
      return Optional.of(
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der)));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /** What the key signs, the certificate must bear out. */
  private static void checkPair(PublicKey certified, PrivateKey key, Path file) {
    try {
      Signature signature =
          Signature.getInstance(
              key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
      signature.initSign(key);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      if (signature.verify(signed)) {
        return;
      }
    } catch (GeneralSecurityException e) {
      throw otherKey(file);
    }
    throw otherKey(file);
  }

  private static PlanException otherKey(Path file) {
    return new PlanException(KEY, file, "the key of the certificate in --tls-cert");
  }

  private static void checkTimes(String field, Path file, X509Certificate certificate) {
    try {
      certificate.checkValidity();
    } catch (CertificateExpiredException e) {
      throw new PlanException(
          field,
          file,
          "a certificate that holds today, this one ended "
              + certificate.getNotAfter().toInstant());
    } catch (CertificateNotYetValidException e) {
      throw new PlanException(
          field,
          file,
          "a certificate that holds today, this one begins "
              + certificate.getNotBefore().toInstant());
    }
  }

  /** A node is a server to some members and a client to others. */
  private static void checkUses(Path file, X509Certificate certificate) {
    try {
      List<String> uses = certificate.getExtendedKeyUsage();
      if (uses != null && !uses.containsAll(List.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"))) {
        throw new PlanException(CERT, file, "a certificate for use by servers and by clients");
      }
    } catch (CertificateParsingException e) {
      throw noCertificate(CERT, file);
    }
  }

  private static void checkIssuer(
      Path file, List<X509Certificate> chain, Path ca, List<X509Certificate> authorities) {
    Set<TrustAnchor> anchors =
        authorities.stream()
            .map(authority -> new TrustAnchor(authority, null))
            .collect(Collectors.toSet());
    authorities.forEach(authority -> checkTimes(CA, ca, authority));
    try {
      PKIXParameters parameters = new PKIXParameters(anchors);
      parameters.setRevocationEnabled(false);
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), parameters);
    } catch (CertPathValidatorException e) {
      throw new PlanException(
          CERT,
          file,
          "a certificate of the authority in --tls-ca %s (%s)"
              .formatted(ca, String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot check certificates", e);
    }
  }

  private static Set<String> names(Path file, X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? Set.of()
          : names.stream()
              .filter(name -> List.of(DNS_NAME, ADDRESS).contains((Integer) name.get(0)))
              .map(name -> canonical((String) name.get(1)))
              .collect(Collectors.toSet());
    } catch (CertificateParsingException e) {
      throw noCertificate(CERT, file);
    }
  }

  private static String canonical(String host) {
    try {
      return InetAddress.ofLiteral(host).getHostAddress();
    } catch (IllegalArgumentException e) {
      return host.toLowerCase(Locale.ROOT);
    }
  }

  private CertificateFiles() {}
}
