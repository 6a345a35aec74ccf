package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertsScriptTest {
  @TempDir Path folder;

  private record Ended(int code, String output) {}

  @BeforeEach
  void needOpenssl() {
    try {
      new ProcessBuilder("openssl", "version").start();
    } catch (IOException e) {
      abort("openssl is not installed here, so no certificate can be made");
    }
  }

  private static Ended run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    return new Ended(process.waitFor(), output);
  }

  private Ended certs(String... hosts) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("./certs.sh", folder.toString()));
    command.addAll(List.of(hosts));
    return run(command.toArray(String[]::new));
  }

  private Ended verify(String... options) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("openssl", "verify", "-CAfile", folder.resolve("ca.crt") + ""));
    command.addAll(List.of(options));
    return run(command.toArray(String[]::new));
  }

  @Test
  void everyNameAndAddressIsVerifiedForServersAndClients()
      throws IOException, InterruptedException {
    assertThat(certs("10.0.0.5,load-1.example", "fd00::5").code()).isZero();
    String cert = folder.resolve("10.0.0.5.crt").toString();

    assertThat(verify("-purpose", "sslserver", "-verify_ip", "10.0.0.5", cert).code()).isZero();
    assertThat(verify("-purpose", "sslclient", "-verify_ip", "10.0.0.5", cert).code()).isZero();
    assertThat(verify("-verify_hostname", "load-1.example", cert).code()).isZero();
    assertThat(verify("-verify_ip", "fd00::5", folder.resolve("fd00__5.crt") + "").code()).isZero();
    assertThat(verify("-verify_ip", "10.0.0.6", cert).code()).isNotZero();
  }

  @Test
  void keysAreTheirOwnersAloneAndNothingElseIsLeft() throws IOException, InterruptedException {
    certs("10.0.0.5");

    for (String key : List.of("ca.key", "10.0.0.5.key")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(key))))
          .isEqualTo("rw-------");
    }
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "ca.crt", "ca.key", "10.0.0.5.crt", "10.0.0.5.key", "10.0.0.5.names");
    }
  }

  @Test
  void aSecondCallKeepsWhatIsGoodAndMakesWhatIsNew() throws IOException, InterruptedException {
    certs("10.0.0.5");
    String ca = Files.readString(folder.resolve("ca.crt"));
    String cert = Files.readString(folder.resolve("10.0.0.5.crt"));

    assertThat(certs("10.0.0.5", "10.0.0.6").output())
        .contains("kept " + folder.resolve("10.0.0.5.crt"))
        .contains("made " + folder.resolve("10.0.0.6.crt"));
    assertThat(folder.resolve("ca.crt")).hasContent(ca);
    assertThat(folder.resolve("10.0.0.5.crt")).hasContent(cert);

    certs("10.0.0.5,other.example");
    assertThat(Files.readString(folder.resolve("10.0.0.5.crt"))).isNotEqualTo(cert);
  }

  @Test
  void severalAtOnceMakeOneAuthorityForAll() throws IOException, InterruptedException {
    List<Process> running = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      running.add(
          new ProcessBuilder("./certs.sh", folder.toString(), "10.0.0." + i)
              .redirectErrorStream(true)
              .start());
    }
    int authorities = 0;
    for (Process process : running) {
      String output = new String(process.getInputStream().readAllBytes());
      assertThat(process.waitFor()).as(output).isZero();
      authorities += output.contains("ca.crt") ? 1 : 0;
    }

    assertThat(authorities).isEqualTo(1);
    for (int i = 1; i <= 5; i++) {
      assertThat(verify(folder.resolve("10.0.0." + i + ".crt").toString()).code()).isZero();
    }
  }

  @Test
  void itHoldsFor397Days() throws IOException, InterruptedException {
    certs("10.0.0.5");
    String cert = folder.resolve("10.0.0.5.crt").toString();

    assertThat(run("openssl", "x509", "-noout", "-checkend", "" + 396 * 86_400, "-in", cert).code())
        .isZero();
    assertThat(run("openssl", "x509", "-noout", "-checkend", "" + 398 * 86_400, "-in", cert).code())
        .isEqualTo(1);
  }

  @Test
  void wrongUseEndsWithCode2AndMakesNothing() throws IOException, InterruptedException {
    assertThat(run("./certs.sh").output()).startsWith("Usage: certs.sh DIR HOST");
    assertThat(run("./certs.sh").code()).isEqualTo(2);
    assertThat(certs("../up")).extracting(Ended::code).isEqualTo(2);
    assertThat(certs("10.0.0.5", "a b").output()).contains("'a b' in 'a b' is not valid");
    assertThat(folder.resolve("ca.crt")).doesNotExist();
  }
}
