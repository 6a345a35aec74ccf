package io.streamgauge.common.trust;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;

/** Signatures by Ed25519 (RFC 8032), as every JDK has them. */
final class Ed25519 {
  private static final String NAME = "Ed25519";

  static KeyPair newPair() {
    try {
      return KeyPairGenerator.getInstance(NAME).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  static byte[] sign(PrivateKey key, byte[] message) {
    try {
      Signature signature = Signature.getInstance(NAME);
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  /** Whether the signature is the key's; one that is not even well formed is not. */
  static boolean verify(PublicKey key, byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance(NAME);
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (SignatureException | InvalidKeyException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  /** The key in PKCS #8; empty if it is none of this kind. */
  static Optional<PrivateKey> privateKey(byte[] der) {
    try {
      return Optional.of(factory().generatePrivate(new PKCS8EncodedKeySpec(der)));
    } catch (InvalidKeySpecException e) {
      return Optional.empty();
    }
  }

  /** The key in X.509's SubjectPublicKeyInfo; empty if it is none of this kind. */
  static Optional<PublicKey> publicKey(byte[] der) {
    try {
      return Optional.of(factory().generatePublic(new X509EncodedKeySpec(der)));
    } catch (InvalidKeySpecException e) {
      return Optional.empty();
    }
  }

  /** Refuses keys of another kind, as which no signature would ever be genuine. */
  static <K extends Key> K check(K key) {
    if (!(key instanceof EdECKey ed
        && ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName()))) {
      throw new IllegalArgumentException("a key of " + key.getAlgorithm() + ", not of " + NAME);
    }
    return key;
  }

  private static KeyFactory factory() {
    try {
      return KeyFactory.getInstance(NAME);
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  private static IllegalStateException missing(GeneralSecurityException e) {
    return new IllegalStateException("this Java cannot sign with " + NAME, e);
  }

  private Ed25519() {}
}
