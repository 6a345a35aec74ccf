package io.streamgauge.common.trust;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.files.Pem;
import io.streamgauge.common.files.PrivateFile;
import io.streamgauge.common.files.UserFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Optional;

/** The controller's public key as a file, by which an agent knows its controller. */
public final class PublicKeyFile {
  static final String NAME = "controller.pub";
  private static final String FIELD = "controller-key";

  /**
   * Reads an Ed25519 public key (PEM, {@code BEGIN PUBLIC KEY}).
   *
   * @throws PlanException if the file is not there, holds no such key, or can be written by others,
   *     who could then put in their own
   */
  public static PublicKey read(Path file) {
    return parse(PrivateFile.readPublic(FIELD, file))
        .orElseThrow(
            () ->
                new PlanException(
                    FIELD, file, "an Ed25519 public key in PEM, such as a controller's " + NAME));
  }

  /** The key that a controller of this user on this host has left, if there was one. */
  public static Optional<PublicKey> ofUser() {
    return in(UserFolder.path());
  }

  static Optional<PublicKey> in(Path folder) {
    Path file = folder.resolve(NAME);
    return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
  }

  static Optional<PublicKey> parse(byte[] text) {
    return Pem.decode(Pem.PUBLIC_KEY, text).flatMap(Ed25519::publicKey);
  }

  private PublicKeyFile() {}
}
