package io.streamgauge.controller.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.engine.EngineInfo;
import io.streamgauge.common.engine.EngineKind;
import io.streamgauge.common.plan.Backend;
import io.streamgauge.common.plan.request.RequestShape;
import io.streamgauge.common.plan.request.TargetOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsHashTest {
  private static String hash(String name, int port, int slots, String folder) {
    return SettingsHash.of(
        new Backend.Managed(
            name,
            EngineKind.LLAMACPP,
            Map.of("port", port, "n_parallel", slots),
            Optional.empty(),
            TargetOptions.DEFAULT),
        RequestShape.DEFAULT,
        Optional.of(
            new EngineInfo(
                "llamacpp",
                "a",
                Optional.empty(),
                Optional.empty(),
                List.of(
                    "llama-server",
                    "--host",
                    port == 8_080 ? "127.0.0.1" : "10.0.0.7",
                    "--port",
                    Integer.toString(port),
                    "--parallel",
                    Integer.toString(slots),
                    "--slot-save-path",
                    folder),
                Optional.of(slots),
                3,
                Map.of())));
  }

  @Test
  void whereAnEngineListensAndKeepsItsFilesIsNoSettingOfIt() {
    assertThat(hash("a", 8_080, 4, "/one")).isEqualTo(hash("b", 8_081, 4, "/two"));
    assertThat(hash("a", 8_080, 4, "/one")).isNotEqualTo(hash("a", 8_080, 8, "/one"));
  }
}
