package io.streamgauge.controller.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamgauge.controller.SampleLog;
import io.streamgauge.controller.log.RunLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunDirectoryTest {
  private static final LocalDateTime START = LocalDateTime.of(2026, 2, 1, 14, 30, 0, 999_000_000);
  private static final String NAME = "vllm_20260201_143000";

  @TempDir private Path temporary;
  private Path directory;

  @BeforeEach
  void aDirectoryThatIsNotThereYet() {
    directory = temporary.resolve("deep/results");
  }

  private RunDirectory open() {
    return RunDirectory.open(directory, "vllm", START);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void itsLogIsNamedByBackendAndStartAndTwoMebibytesAreReservedWhileItIsOn() throws IOException {
    try (RunDirectory run = open()) {
      assertThat(names()).containsExactly("." + NAME + ".open", NAME + ".run.gz");
      assertThat(run.log().path()).isEqualTo(directory.resolve(NAME + ".run.gz"));
      assertThat(directory.resolve("." + NAME + ".open")).hasSize(2 << 20);
      run.release();
      assertThat(directory.resolve("." + NAME + ".open")).isEmptyFile();
      run.finish();
    }

    assertThat(names()).containsExactly(NAME + ".run.gz");
  }

  @Test
  void runsOfOneSecondGetNumbers() {
    try (RunDirectory first = open();
        RunDirectory second = open();
        RunDirectory third = open()) {
      assertThat(List.of(first.files().base(), second.files().base(), third.files().base()))
          .containsExactly(NAME, NAME + "_2", NAME + "_3");
    }
  }

  @Test
  void runsThatStartAtOnceHaveEachANameOfItsOwn() throws Exception {
    int runs = 16;
    Set<String> names = ConcurrentHashMap.newKeySet();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var one :
          threads.invokeAll(
              IntStream.range(0, runs)
                  .<java.util.concurrent.Callable<Boolean>>mapToObj(
                      _ ->
                          () -> {
                            try (RunDirectory run = open()) {
                              return names.add(run.files().base());
                            }
                          })
                  .toList())) {
        assertThat(one.get()).isTrue();
      }
    }
    assertThat(names).hasSize(runs);
  }

  @ParameterizedTest
  @ValueSource(strings = {".json", "_requests.csv"})
  void aNameThatLeftFilesIsInUse(String end) throws IOException {
    Files.createDirectories(directory);
    Path others = Files.writeString(directory.resolve(NAME + end), "others");

    try (RunDirectory run = open()) {
      assertThat(run.files().base()).isEqualTo(NAME + "_2");
    }
    assertThat(others).hasContent("others");
    assertThat(names()).doesNotContain(NAME + ".run.gz");
  }

  @Test
  void aRunThatNeverBeganLeavesNothing() {
    try (RunDirectory run = open()) {
      run.discard();
    }

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "no directory");

    for (Path output : List.of(file, file.resolve("results"))) {
      assertThatThrownBy(() -> RunDirectory.open(output, "vllm", START))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageStartingWith("output: cannot write to " + output + ": ");
    }
    assertThatThrownBy(() -> RunDirectory.open(file, "vllm", START))
        .hasMessage("output: cannot write to %s: %s is a file, no directory", file, file);
  }

  @EnabledOnOs(OS.LINUX)
  @Test
  void whereItCannotBeginNothingOfItIsLeft() throws IOException {
    Path taken = Files.createDirectories(directory.resolve("." + NAME + ".open"));

    assertThatThrownBy(this::open).isInstanceOf(UncheckedIOException.class);

    assertThat(names()).containsExactly(taken.getFileName().toString());
    assertThat(openFiles()).noneMatch(file -> file.startsWith(temporary.toString()));
  }

  private static List<String> openFiles() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.map(RunDirectoryTest::target).toList();
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException _) {
      return "closed meanwhile";
    }
  }

  @Test
  void aRunIsOnAsLongAsItsControllerHasItsLock() throws IOException {
    Path log = directory.resolve(NAME + ".run.gz");
    RunDirectory run = open();
    assertThat(RunDirectory.isOn(log)).isTrue();

    run.close();

    assertThat(RunDirectory.isOn(log)).isFalse();
  }

  @Test
  void onlyRunsWhoseControllersAreGoneAreTakenUpAndOnce() throws IOException {
    try (RunDirectory living = open()) {
      RunDirectory dead = open();
      dead.log().append(SampleLog.opened());
      dead.close();
      List<RunDirectory> abandoned = RunDirectory.abandoned(directory);

      assertThat(abandoned).hasSize(1);
      try (RunDirectory again = abandoned.getFirst()) {
        assertThat(again.files()).isEqualTo(dead.files());
        assertThat(RunDirectory.abandoned(directory)).as("nobody's any more").isEmpty();
        again.log().append(SampleLog.ended(1));
        again.finish();
      }
      assertThat(names()).contains(living.log().path().getFileName().toString());
    }
    assertThat(RunLog.read(directory.resolve(NAME + "_2.run.gz"), _ -> {})).isPositive();
    assertThat(RunDirectory.abandoned(temporary.resolve("gone"))).isEmpty();
  }

  @Test
  void aReserveWhoseLogIsGoneGoesToo() throws IOException {
    open().close();
    Files.delete(directory.resolve(NAME + ".run.gz"));

    assertThat(RunDirectory.abandoned(directory)).isEmpty();
    assertThat(directory).isEmptyDirectory();
  }
}
