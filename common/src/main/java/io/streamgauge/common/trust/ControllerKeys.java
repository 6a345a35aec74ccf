package io.streamgauge.common.trust;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.files.Pem;
import io.streamgauge.common.files.PrivateFile;
import io.streamgauge.common.files.UserFolder;
import io.streamgauge.common.files.WholeFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Optional;

/**
 * The controller's key pair (Ed25519). It lies in two files of one folder: {@code controller.key},
 * which holds both keys and is its owner's alone, and {@code controller.pub}, a copy of the public
 * one for agents.
 */
public record ControllerKeys(PrivateKey privateKey, PublicKey publicKey) {
  static final String PRIVATE_NAME = "controller.key";
  private static final String FIELD = "controller.key";

  public ControllerKeys {
    Ed25519.check(privateKey);
    Ed25519.check(publicKey);
    byte[] sample = "streamgauge".getBytes(US_ASCII);
    if (!Ed25519.verify(publicKey, sample, Ed25519.sign(privateKey, sample))) {
      throw new IllegalArgumentException("the two keys are no pair");
    }
  }

  /** The private key stays out of logs. */
  @Override
  public String toString() {
    return "ControllerKeys[" + publicKey + "]";
  }

  /** A pair that lies nowhere. */
  public static ControllerKeys fresh() {
    KeyPair pair = Ed25519.newPair();
    return new ControllerKeys(pair.getPrivate(), pair.getPublic());
  }

  /** The user's own pair, made if there is none. */
  public static ControllerKeys ofUser() {
    return load(UserFolder.path());
  }

  /**
   * The user's own pair, if there is one.
   *
   * @throws PlanException as for {@link #load}
   */
  public static Optional<ControllerKeys> find() {
    return find(UserFolder.path());
  }

  static Optional<ControllerKeys> find(Path folder) {
    Path file = folder.resolve(PRIVATE_NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    UserFolder.requireOwn(folder);
    return Optional.of(parse(file, PrivateFile.read(FIELD, file)));
  }

  /**
   * The pair in a folder, made if there is none. However many do so at once, all get the same.
   *
   * @throws PlanException if others can read the private key or write into the folder, if the file
   *     holds no pair, or if nothing can be written there
   */
  public static ControllerKeys load(Path folder) {
    UserFolder.make(folder);
    Path file = folder.resolve(PRIVATE_NAME);
    try {
      if (!Files.exists(file)) {
        linkOnce(folder, file);
      }
      ControllerKeys keys = parse(file, PrivateFile.read(FIELD, file));
      keys.publish(folder);
      return keys;
    } catch (IOException e) {
      throw new PlanException(
          FIELD, file, "a file that can be made (" + PrivateFile.reason(e) + ")");
    }
  }

  /**
   * Writes a whole draft and gives it its name by a link, which fails if the name is taken: the
   * first one wins, and nobody sees half a file.
   */
  private static void linkOnce(Path folder, Path file) throws IOException {
    Path draft =
        WholeFile.draft(file, fresh().encode(), UserFolder.attributes(folder, "rw-------"));
    try {
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      return; // another process was faster, and its key is as good
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private void publish(Path folder) throws IOException {
    byte[] text = Pem.encode(Pem.PUBLIC_KEY, publicKey.getEncoded()).getBytes(US_ASCII);
    Path file = folder.resolve(PublicKeyFile.NAME);
    if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), text)) {
      return;
    }
    WholeFile.replace(file, text, UserFolder.attributes(folder, "rw-r--r--"));
  }

  private byte[] encode() {
    return (Pem.encode(Pem.PRIVATE_KEY, privateKey.getEncoded())
            + Pem.encode(Pem.PUBLIC_KEY, publicKey.getEncoded()))
        .getBytes(US_ASCII);
  }

  private static ControllerKeys parse(Path file, byte[] text) {
    Optional<PrivateKey> privateKey =
        Pem.decode(Pem.PRIVATE_KEY, text).flatMap(Ed25519::privateKey);
    Optional<PublicKey> publicKey = PublicKeyFile.parse(text);
    if (privateKey.isPresent() && publicKey.isPresent()) {
      try {
        return new ControllerKeys(privateKey.get(), publicKey.get());
      } catch (IllegalArgumentException e) {
        throw wrong(file);
      }
    }
    throw wrong(file);
  }

  private static PlanException wrong(Path file) {
    return new PlanException(
        FIELD, file, "an Ed25519 key pair in PEM; remove the file to have a new one made");
  }
}
