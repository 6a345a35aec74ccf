package io.streamgauge.common.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Real certificates, made by the script that users have. */
final class Certificates {
  static TlsFiles make(Path folder, String hosts) {
    run("../deploy/certs.sh", folder.toString(), hosts);
    String host = hosts.split(",")[0];
    return new TlsFiles(
        folder.resolve(host + ".crt"), folder.resolve(host + ".key"), folder.resolve("ca.crt"));
  }

  static void needOpenssl() {
    try {
      new ProcessBuilder("openssl", "version").start();
    } catch (IOException e) {
      abort("openssl is not installed here, so no certificate can be made");
    }
  }

  static void run(String... command) {
    try {
      Process process =
          new ProcessBuilder(new ArrayList<>(List.of(command))).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes());
      assertThat(process.waitFor()).as(output).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Certificates() {}
}
