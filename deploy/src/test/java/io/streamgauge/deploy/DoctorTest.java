package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.json.Json;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor says of this host, and of a cluster that is not well. */
class DoctorTest {
  @TempDir private Path folder;

  @Test
  void aHostIsDescribedForPeopleAndForScripts() throws IOException {
    Cli text = Cli.run("doctor");
    assertThat(text.err()).isEmpty();
    assertThat(text.out())
        .contains("ok       jdk ")
        .contains("cores ")
        .contains("memory ")
        .contains("nvml ")
        .contains("port 8765 ")
        .contains("keys ");

    JsonNode json = Json.MAPPER.readTree(Cli.run("doctor", "--json").out());
    assertThat(json.at("/host/cores").intValue())
        .isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(json.get("checks").findValuesAsText("topic")).contains("jdk", "keys");
    assertThat(json.get("healthy").booleanValue()).isEqualTo(text.exitCode() == 0);
  }

  @Test
  @Tag("chaos")
  void anAgentThatIsLostIsToldOf() {
    try (Cluster cluster = Cluster.of(folder, 1)) {
      cluster.kill("a1");
      cluster.eventually("a1 is lost", () -> cluster.agents().isEmpty());
      Cli over = Cli.run("doctor", "--controller", cluster.url());
      assertThat(over.exitCode()).isEqualTo(1);
      assertThat(over.out())
          .contains("warning  agent a1       lost, load, on ")
          .contains(": silent for ")
          .contains("problem  agents         no load agent is there");
    }
  }

  @Test
  void whereNothingIsToBeJoinedTheReasonIsNamed() throws IOException {
    try (Socket refusing = Ports.refusing()) {
      whereNobodyListens(refusing.getLocalPort());
    }
    assertThat(Cli.run("doctor", "--join", "no-such-host.invalid").out())
        .contains("the name does not resolve on this host");
  }

  private static void whereNobodyListens(int closed) {
    Cli refused = Cli.run("doctor", "--join", "127.0.0.1:" + closed);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.out())
        .contains("problem  member 127.0.0.1:" + closed + " connection refused");

    assertThat(Cli.run("doctor", "--controller", "http://127.0.0.1:" + closed).out())
        .contains("problem  api")
        .contains("connection refused");
  }
}
