package io.streamgauge.deploy.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.deploy.doctor.HostFacts.FoundEngine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class HostSearchTest {
  @TempDir private Path folder;

  @Test
  void whoeverListensOnAPortIsNamed() throws IOException {
    PortHolders holders = new PortHolders(Path.of("/"));
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
      assertThat(holders.of(port)).get().asString().contains("" + ProcessHandle.current().pid());
    }
    assertThat(holders.of(port)).isEmpty();
  }

  @Test
  void enginesAreFoundOnThePathWithTheirVersions() throws IOException {
    script("python3", "#!/bin/sh\n[ \"$3\" = vllm ] && echo 0.9.1\n");
    script("vllm", "#!" + folder.resolve("python3") + "\nimport vllm\n");
    script("llama-server", "#!/bin/sh\necho 'version: 6123 (abcdef)' >&2\n");

    assertThat(new EngineSearch(folder + ":/nowhere:").all())
        .containsExactly(
            found("vllm", "vllm", "0.9.1"),
            new FoundEngine("sglang", Optional.empty(), Optional.empty()),
            found("llamacpp", "llama-server", "6123 (abcdef)"));
  }

  @Test
  void anEngineThatCannotTellItsVersionIsFoundAllTheSame() throws IOException {
    script("llama-server", "#!/bin/sh\nexit 1\n");

    assertThat(new EngineSearch(folder.toString()).all())
        .contains(
            new FoundEngine(
                "llamacpp",
                Optional.of(folder.resolve("llama-server").toString()),
                Optional.empty()));
  }

  private FoundEngine found(String engine, String file, String version) {
    return new FoundEngine(
        engine, Optional.of(folder.resolve(file).toString()), Optional.of(version));
  }

  private void script(String name, String text) throws IOException {
    Files.setPosixFilePermissions(
        Files.writeString(folder.resolve(name), text),
        PosixFilePermissions.fromString("rwx------"));
  }
}
