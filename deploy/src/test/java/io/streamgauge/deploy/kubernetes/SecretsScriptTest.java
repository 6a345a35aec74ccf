package io.streamgauge.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.VolumeMount;
import io.streamgauge.common.files.CertificateFiles;
import io.streamgauge.common.trust.BearerToken;
import io.streamgauge.common.trust.ControllerKeys;
import io.streamgauge.common.trust.PublicKeyFile;
import io.streamgauge.deploy.kubernetes.ManifestArgumentsTest.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that makes the Secrets' files, and what mounts them. */
class SecretsScriptTest {
  private static final String KEYS = "/etc/streamgauge/";

  /** Each path below the keys' folder is a key of the Secret there, and the files fit together. */
  @Test
  void theSecretsThatTheScriptMakesAreThoseThatTheProgramWants(@TempDir Path folder)
      throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed here");
    Path script = folder.resolve("k8s/secrets.sh");
    Files.createDirectories(script.getParent());
    Files.copy(Manifests.ROOT.resolve("secrets.sh"), script);
    Files.copy(Path.of("certs.sh"), folder.resolve("certs.sh"));
    for (int again = 0; again < 2; again++) {
      assertThat(
              new ProcessBuilder("bash", script.toString())
                  .redirectErrorStream(true)
                  .redirectOutput(folder.resolve("log").toFile())
                  .start()
                  .waitFor())
          .isZero();
    }
    Path base = folder.resolve("k8s/base");
    Map<String, List<Path>> secrets = new TreeMap<>();
    Manifests.kustomization(Manifests.ROOT.resolve("base"))
        .path("secretGenerator")
        .forEach(
            it ->
                secrets.put(
                    it.path("name").textValue(),
                    Manifests.texts(it.path("files")).map(base::resolve).toList()));

    assertThat(secrets.values()).allSatisfy(files -> assertThat(files).allMatch(Files::exists));
    ManifestArgumentsTest.started()
        .forEach(
            each -> {
              Map<String, Path> files = new TreeMap<>();
              secrets.get(secret(each)).forEach(it -> files.put(KEYS + it.getFileName(), it));
              check(each.options(), files);
            });
    ControllerKeys keys = ControllerKeys.load(base.resolve("secrets/controller"));
    assertThat(PublicKeyFile.read(base.resolve("secrets/agent/controller.pub")))
        .isEqualTo(keys.publicKey());
  }

  private static void check(Map<String, String> options, Map<String, Path> files) {
    List<String> named = new ArrayList<>(options.values());
    named.removeIf(value -> !value.startsWith(KEYS));
    assertThat(files).containsKeys(named.toArray(String[]::new));
    if (options.containsKey("--tls-cert")) {
      Path cert = files.get(options.get("--tls-cert"));
      CertificateFiles.check(
          cert, files.get(options.get("--tls-key")), files.get(options.get("--tls-ca")));
      CertificateFiles.checkName(cert, options.get("--tls-name"));
    }
    if (options.containsKey("--token-file")) {
      assertThat(BearerToken.fromFile(files.get(options.get("--token-file")))).isNotNull();
    }
  }

  private static String secret(Started started) {
    String volume =
        started.container().getVolumeMounts().stream()
            .filter(mount -> KEYS.equals(mount.getMountPath() + "/"))
            .map(VolumeMount::getName)
            .findFirst()
            .orElseThrow();
    return started.pod().template().getSpec().getVolumes().stream()
        .filter(each -> each.getName().equals(volume))
        .map(each -> each.getSecret().getSecretName())
        .findFirst()
        .orElseThrow();
  }
}
