package io.streamgauge.common.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.files.UserFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControllerKeysTest {
  @TempDir Path root;
  private Path folder;

  @BeforeEach
  void nameAFolder() {
    folder = root.resolve("config").resolve("streamgauge");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void chmod(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  @Test
  void thePairIsMadeOnceAndReadAgain() {
    ControllerKeys made = ControllerKeys.load(folder);

    assertThat(ControllerKeys.load(folder)).isEqualTo(made);
    assertThat(PublicKeyFile.in(folder)).contains(made.publicKey());
    assertThat(ControllerKeys.load(root.resolve("other"))).isNotEqualTo(made);
  }

  @Test
  void onlyTheOwnerHasThePrivateKeyAndNoDraftIsLeft() throws IOException {
    ControllerKeys.load(folder);

    assertThat(mode(folder)).isEqualTo("rwx------");
    assertThat(mode(folder.resolve("controller.key"))).isEqualTo("rw-------");
    assertThat(mode(folder.resolve("controller.pub"))).isEqualTo("rw-r--r--");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("controller.key", "controller.pub");
    }
  }

  @Test
  void thePrivateKeyIsInNoText() {
    assertThat(ControllerKeys.load(folder).toString()).doesNotContain("rivate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw-r--r--", "rw--w----"})
  void aPrivateKeyThatOthersCanUseIsRefused(String mode) throws IOException {
    ControllerKeys.load(folder);
    Path key = folder.resolve("controller.key");
    chmod(key, mode);

    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> ControllerKeys.load(folder))
        .withMessageContaining("chmod ")
        .withMessageContaining(key.toString());
  }

  @Test
  void aFolderIntoWhichOthersCanWriteIsRefused() throws IOException {
    ControllerKeys.load(folder);
    chmod(folder, "rwxrwx---");

    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> ControllerKeys.load(folder))
        .withMessageContaining("chmod 700 " + folder);
  }

  @Test
  void aFileThatHoldsNoPairIsRefusedAndKept() throws IOException {
    Path key = folder.resolve("controller.key");
    Files.createDirectories(folder);
    Files.writeString(key, "not a key");
    chmod(key, "rw-------");

    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> ControllerKeys.load(folder))
        .withMessageContaining("expected an Ed25519 key pair in PEM");
    assertThat(key).hasContent("not a key");
  }

  @Test
  void theHalvesOfTwoPairsAreNoPair() throws IOException {
    ControllerKeys.load(folder);
    ControllerKeys.load(root.resolve("other"));
    Path key = folder.resolve("controller.key");
    String text = Files.readString(key);
    String mixed =
        text.substring(0, text.indexOf("-----BEGIN PUBLIC KEY"))
            + Files.readString(root.resolve("other").resolve("controller.pub"));
    Files.writeString(key, mixed);

    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> ControllerKeys.load(folder))
        .withMessageContaining("expected an Ed25519 key pair in PEM");
  }

  @Test
  void aLostOrStalePublicKeyIsWrittenAnew() throws IOException {
    PublicKey key = ControllerKeys.load(folder).publicKey();
    Path file = folder.resolve("controller.pub");
    Files.delete(file);
    ControllerKeys.load(folder);
    assertThat(PublicKeyFile.read(file)).isEqualTo(key);

    Files.writeString(file, "something else");
    ControllerKeys.load(folder);
    assertThat(PublicKeyFile.read(file)).isEqualTo(key);
  }

  @Test
  void manyAtOnceGetTheSamePair() throws InterruptedException, ExecutionException {
    int many = 16;
    CountDownLatch ready = new CountDownLatch(many);
    Callable<ControllerKeys> load =
        () -> {
          ready.countDown();
          ready.await();
          return ControllerKeys.load(folder);
        };
    List<Future<ControllerKeys>> loads = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(many)) {
      for (int i = 0; i < many; i++) {
        loads.add(threads.submit(load));
      }
      ControllerKeys first = loads.getFirst().get();
      for (Future<ControllerKeys> other : loads) {
        assertThat(other.get()).isEqualTo(first);
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatOpensslWritesAsAPublicKeyIsRead() throws IOException {
    Path file = root.resolve("rfc8410.pem");
    Files.writeString(
        file,
        """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
        -----END PUBLIC KEY-----
        """);

    assertThat(PublicKeyFile.read(file).getAlgorithm()).isEqualTo("EdDSA");
  }

  @Test
  void aWrongPublicKeyFileIsNamedWithWhatWasExpected() throws IOException {
    Path missing = root.resolve("missing.pub");
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> PublicKeyFile.read(missing))
        .withMessage("controller-key: " + missing + " is not valid, expected a file that exists");

    Path wrong = Files.writeString(root.resolve("wrong.pub"), "-----BEGIN PUBLIC KEY-----\nx\n");
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> PublicKeyFile.read(wrong))
        .withMessageContaining("expected an Ed25519 public key in PEM");

    ControllerKeys.load(folder);
    Path open = folder.resolve("controller.pub");
    chmod(open, "rw-rw-rw-");
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> PublicKeyFile.read(open))
        .withMessageContaining("chmod go-w " + open);
  }

  @Test
  void aUserWithoutAControllerHasNoPublicKey() {
    assertThat(PublicKeyFile.in(folder)).isEmpty();
  }

  @Test
  void theFolderIsTheUsersOwn() {
    assertThat(UserFolder.path(Map.of(), "/home/me"))
        .isEqualTo(Path.of("/home/me/.config/streamgauge"));
    assertThat(UserFolder.path(Map.of("XDG_CONFIG_HOME", "/x"), "/home/me"))
        .isEqualTo(Path.of("/x/streamgauge"));
    assertThat(
            UserFolder.path(
                Map.of("XDG_CONFIG_HOME", "/x", "STREAMGAUGE_CONFIG", "/y"), "/home/me"))
        .isEqualTo(Path.of("/y"));
    assertThat(UserFolder.path(Map.of("STREAMGAUGE_CONFIG", ""), "/home/me"))
        .isEqualTo(Path.of("/home/me/.config/streamgauge"));
  }
}
