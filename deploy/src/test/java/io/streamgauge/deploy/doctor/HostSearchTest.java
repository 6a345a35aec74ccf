package io.streamgauge.deploy.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.agent.engine.EngineFiles;
import io.streamgauge.deploy.doctor.HostFacts.FoundEngine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
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
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
      assertThat(PortHolder.of(port)).get().asString().contains("" + ProcessHandle.current().pid());
    }
    assertThat(PortHolder.of(port)).isEmpty();
  }

  /**
   * Of the installation's own files llama.cpp's names one beside the tool, the others' the PATH.
   */
  @Test
  void enginesAreLookedForWhereARunWouldAndTheirVersionsTold() throws IOException {
    script("python3", "#!/bin/sh\n[ \"$3\" = vllm ] && echo 0.9.1\n");
    script("vllm", "#!" + folder.resolve("python3") + "\nimport vllm\n");
    script("llama-server", "#!/bin/sh\necho 'version: 6123 (abcdef)' >&2\n");
    settings("vllm", "env: {PATH: '" + folder + ":/nowhere:'}");
    settings("sglang", "command: " + folder.resolve("no-python"));
    settings("llamacpp", "binary_path: " + folder.resolve("llama-server"));

    List<FoundEngine> found = search();

    assertThat(found.get(0)).isEqualTo(found("vllm", "vllm", "0.9.1", Optional.empty()));
    assertThat(found.get(1).executable()).isEmpty();
    assertThat(found.get(1).missing())
        .contains("the executable %s is not found".formatted(folder.resolve("no-python")));
    assertThat(found.get(2))
        .isEqualTo(
            found(
                "llamacpp",
                "llama-server",
                "6123 (abcdef)",
                Optional.of("model_path: ./model.gguf is no file that can be read")));
  }

  @Test
  void anEngineThatCannotTellItsVersionIsFoundAllTheSameAndAWrongFileIsTold() throws IOException {
    script("llama-server", "#!/bin/sh\nexit 1\n");
    settings("vllm", "prot: 1");
    settings("sglang", "{}");
    settings("llamacpp", "command: " + folder.resolve("llama-server"));

    List<FoundEngine> found = search();

    assertThat(found.get(0).missing().orElseThrow()).contains("vllm.yaml", "prot");
    assertThat(found.get(2).executable()).contains(folder.resolve("llama-server").toString());
    assertThat(found.get(2).version()).isEmpty();
  }

  private List<FoundEngine> search() {
    return new EngineSearch(new EngineFiles(folder, EngineFiles.Origin.USER)).all();
  }

  private void settings(String engine, String yaml) throws IOException {
    Files.writeString(folder.resolve(engine + ".yaml"), yaml);
  }

  private FoundEngine found(String engine, String file, String version, Optional<String> missing) {
    return new FoundEngine(
        engine, Optional.of(folder.resolve(file).toString()), Optional.of(version), missing);
  }

  private void script(String name, String text) throws IOException {
    Files.setPosixFilePermissions(
        Files.writeString(folder.resolve(name), text),
        PosixFilePermissions.fromString("rwx------"));
  }
}
