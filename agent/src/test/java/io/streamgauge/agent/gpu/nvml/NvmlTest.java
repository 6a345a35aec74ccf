package io.streamgauge.agent.gpu.nvml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamgauge.agent.gpu.GpuChoice;
import io.streamgauge.agent.gpu.GpuSettings;
import io.streamgauge.agent.gpu.NvmlStandIn;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.gpu.GpuBoard;
import io.streamgauge.common.gpu.GpuInfo;
import io.streamgauge.common.gpu.GpuProcess;
import io.streamgauge.common.gpu.GpuQuantity;
import io.streamgauge.common.gpu.PowerReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real calls of the library, through JNA, against a stand-in. */
class NvmlTest {
  @TempDir private Path directory;

  private static Nvml open(Path library) {
    return NvmlLoader.open(NvmlStandIn.settings(library));
  }

  @Test
  void everyQuantityOfAGpuIsRead() {
    try (Nvml nvml = open(NvmlStandIn.build(directory, "events 0 4"))) {
      NvmlGpu gpu = nvml.gpus().getFirst();
      Map<GpuQuantity, Long> values = gpu.read();
      values.putAll(gpu.readSlowly());

      assertThat(nvml.problems()).isEmpty();
      assertThat(nvml.driver()).isEqualTo("570.86.10");
      assertThat(nvml.cuda()).isEqualTo("12.8");
      assertThat(values.keySet()).containsExactlyInAnyOrder(GpuQuantity.values());
      assertThat(values)
          .containsEntry(GpuQuantity.UTIL, 87L)
          .containsEntry(GpuQuantity.MEMORY_UTIL, 30L)
          .containsEntry(GpuQuantity.MEMORY, 18_432L << 20)
          .containsEntry(GpuQuantity.POWER, 300_000L)
          .containsEntry(GpuQuantity.POWER_AVERAGE, 301_000L)
          .containsEntry(GpuQuantity.SM_CLOCK, 2_520L)
          .containsEntry(GpuQuantity.MEMORY_CLOCK, 10_501L)
          .containsEntry(GpuQuantity.PCIE_TX, 1_500_000L)
          .containsEntry(GpuQuantity.PCIE_RX, 250_000L)
          .containsEntry(GpuQuantity.CLOCK_EVENTS, 4L);
      assertThat(values.get(GpuQuantity.ENERGY)).isGreaterThanOrEqualTo(5_000_000L);
      assertThat(gpu.board())
          .isEqualTo(
              new GpuBoard(
                  new GpuInfo(
                      0,
                      "GPU-00000000-aaaa-bbbb-cccc-dddddddddddd",
                      "NVIDIA RTX 4090",
                      Optional.of(24_576L)),
                  PowerReading.INSTANT,
                  Optional.of(450.0),
                  Optional.of(false),
                  List.of()));
    }
  }

  @Test
  void whatABoardCannotDoIsAbsentAndListedByName() {
    try (Nvml nvml = open(NvmlStandIn.build(directory, "noenergy 1", "nopower 1"))) {
      NvmlGpu gpu = nvml.gpus().get(1);

      assertThat(gpu.read())
          .doesNotContainKeys(GpuQuantity.ENERGY, GpuQuantity.POWER, GpuQuantity.POWER_AVERAGE)
          .containsKeys(GpuQuantity.UTIL, GpuQuantity.TEMPERATURE);
      assertThat(gpu.board().power()).isEqualTo(PowerReading.NONE);
      assertThat(gpu.board().mig()).isEmpty();
      assertThat(gpu.board().unavailable())
          .containsExactlyInAnyOrder(
              "energy counter (not supported)",
              "power (not supported)",
              "MIG mode (not supported)");
      assertThat(nvml.gpus().getFirst().board().unavailable()).isEmpty();
    }
  }

  @Test
  void anOlderLibraryWithoutTheNewerNamesIsReadByTheOlderOnes() {
    try (Nvml nvml =
        open(NvmlStandIn.old(directory, "events 0 40", "process 0 1 7000", "power 0 123"))) {
      NvmlGpu gpu = nvml.gpus().getFirst();

      assertThat(gpu.board().power()).isEqualTo(PowerReading.USAGE);
      assertThat(gpu.board().gpu().memoryMb()).contains(24_576L);
      assertThat(gpu.read())
          .containsEntry(GpuQuantity.POWER, 123_000L)
          .containsEntry(GpuQuantity.MEMORY, (18_432L + 400L) << 20)
          .containsEntry(GpuQuantity.CLOCK_EVENTS, 40L)
          .doesNotContainKey(GpuQuantity.POWER_AVERAGE);
      assertThat(gpu.processes())
          .singleElement()
          .satisfies(
              process -> {
                assertThat(process.pid()).isEqualTo(1);
                assertThat(process.memoryMb()).contains(7_000L);
              });
    }
  }

  @Test
  void ofTwoPowerFieldsTheOneThatIsThereIsTakenAndNamed() {
    try (Nvml nvml = open(NvmlStandIn.build(directory, "noaverage 0", "nofields 1"))) {
      assertThat(nvml.gpus().getFirst().board().power()).isEqualTo(PowerReading.INSTANT);
      assertThat(nvml.gpus().getFirst().read()).doesNotContainKey(GpuQuantity.POWER_AVERAGE);
      assertThat(nvml.gpus().get(1).board().power()).isEqualTo(PowerReading.USAGE);
      assertThat(nvml.gpus().get(1).read()).containsEntry(GpuQuantity.POWER, 150_000L);
    }
  }

  @Test
  void processesAreListedWithTheirNamesHoweverManyThereAre() {
    long self = ProcessHandle.current().pid();
    String[] script =
        IntStream.range(0, 80)
            .mapToObj(i -> "process 0 %d %d".formatted(i == 0 ? self : 4_000_000 + i, 100 + i))
            .toArray(String[]::new);
    try (Nvml nvml = open(NvmlStandIn.build(directory, script))) {
      List<GpuProcess> processes = nvml.gpus().getFirst().processes();

      assertThat(processes).hasSize(80);
      assertThat(processes.getFirst()).isEqualTo(new GpuProcess(self, "java", Optional.of(100L)));
      assertThat(processes.getLast()).isEqualTo(new GpuProcess(4_000_079, "", Optional.of(179L)));
    }
  }

  @Test
  void anInstanceModeIsSeen() {
    try (Nvml nvml = open(NvmlStandIn.build(directory, "mig 0"))) {
      assertThat(nvml.gpus().getFirst().board().mig()).contains(true);
    }
  }

  @Test
  void aGpuThatIsChosenByIndexOrUuidIsTheOnlyOne() {
    Path library = NvmlStandIn.build(directory);
    for (String name : List.of("1", "GPU-00000001-aaaa-bbbb-cccc-dddddddddddd")) {
      try (Nvml nvml = NvmlLoader.open(NvmlStandIn.settings(library, GpuChoice.parse(name)))) {
        assertThat(nvml.gpus()).extracting(NvmlGpu::index).containsExactly(1);
        assertThat(nvml.problems()).isEmpty();
      }
    }
  }

  @Test
  void aGpuThatIsNotThereIsNamed() {
    Path library = NvmlStandIn.build(directory);
    try (Nvml nvml = NvmlLoader.open(NvmlStandIn.settings(library, GpuChoice.parse("0,7")))) {
      assertThat(nvml.gpus()).extracting(NvmlGpu::index).containsExactly(0);
      assertThat(nvml.problems())
          .singleElement()
          .asString()
          .startsWith("gpu: there is no 7 among [0 (GPU-00000000-");
    }
  }

  @Test
  void aGpuThatMayNotBeOpenedLeavesTheOthers() {
    try (Nvml nvml = open(NvmlStandIn.build(directory, "denied 0"))) {
      assertThat(nvml.gpus()).extracting(NvmlGpu::index).containsExactly(1);
      assertThat(nvml.problems()).containsExactly("GPU 0: it cannot be opened: no permission");
    }
  }

  @Test
  void aDriverThatIsNotLoadedIsAProblemAndNoError() {
    try (Nvml nvml = open(NvmlStandIn.build(directory, "init 9"))) {
      assertThat(nvml.gpus()).isEmpty();
      assertThat(nvml.problems())
          .containsExactly("NVML does not start: the NVIDIA driver is not loaded");
    }
  }

  @Test
  void aHostWithoutAGpuIsAProblemAndNoError() {
    try (Nvml nvml = open(NvmlStandIn.build(directory, "gpus 0"))) {
      assertThat(nvml.gpus()).isEmpty();
      assertThat(nvml.problems()).containsExactly("the NVIDIA driver shows no GPU");
    }
  }

  @Test
  void aLibraryThatIsNoneOrNotThereIsAProblemThatNamesIt() throws IOException {
    Path text = Files.writeString(directory.resolve("libtext.so"), "no library");
    for (Path file : List.of(text, directory.resolve("libgone.so"))) {
      assertThat(open(file).problems())
          .singleElement()
          .asString()
          .startsWith("nvml: " + file + " cannot be loaded (")
          .doesNotContain("\n");
    }
  }

  @Test
  void whoWantsNoGpuDoesNotEvenLoadTheLibrary() {
    GpuSettings settings = NvmlStandIn.settings(directory.resolve("gone"), new GpuChoice.None());

    assertThat(NvmlLoader.open(settings).problems()).isEmpty();
  }

  @Test
  void aChoiceIsAListAllOrNone() {
    assertThat(GpuChoice.parse("all")).isEqualTo(new GpuChoice.All());
    assertThat(GpuChoice.parse("none")).isEqualTo(new GpuChoice.None());
    assertThat(GpuChoice.parse("0, 2,GPU-8f0c"))
        .isEqualTo(new GpuChoice.Some(Set.of("0", "2", "GPU-8f0c")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "first", "0,,1", "none,0", "-1", "0;1"})
  void anythingElseIsRefusedByName(String text) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> GpuChoice.parse(text))
        .withMessageStartingWith("gpu: ");
  }

  @Test
  void anIntervalHasBounds() {
    for (Duration wrong : List.of(Duration.ofMillis(9), Duration.ofSeconds(11))) {
      assertThatExceptionOfType(PlanException.class)
          .isThrownBy(() -> new GpuSettings(Optional.empty(), new GpuChoice.All(), wrong))
          .withMessageStartingWith("gpu-interval: ");
    }
  }
}
