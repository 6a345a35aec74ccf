package io.streamgauge.controller.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamgauge.common.json.Json;
import io.streamgauge.controller.SampleLevel;
import io.streamgauge.controller.SampleRequest;
import io.streamgauge.controller.SampleResult;
import io.streamgauge.controller.log.AppendFile;
import io.streamgauge.controller.report.RequestsCsv;
import io.streamgauge.controller.report.SummaryCsv;
import io.streamgauge.controller.result.RunResult;
import io.streamgauge.controller.run.AbandonedRun;
import io.streamgauge.controller.run.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RunDirectoryTest {
  private static final LocalDateTime START = LocalDateTime.of(2026, 2, 1, 14, 30, 0, 999_000_000);
  private static final String NAME = "vllm_20260201_143000";
  private static final RunResult RESULT =
      SampleResult.of(SampleLevel.closed(1, 1).add(SampleRequest.number(0).build()).result());

  @TempDir Path temporary;
  private Path directory;

  @BeforeEach
  void aDirectoryThatIsNotThereYet() {
    directory = temporary.resolve("deep/results");
  }

  private RunDirectory open() {
    return RunDirectory.open(directory, "vllm", START, false);
  }

  private Path run(String json) {
    try (RunDirectory run = open()) {
      run.append(List.of(SampleRequest.number(0).build()));
      return run.finish(RESULT, json.getBytes(UTF_8));
    }
  }

  private List<String> visible() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  private List<String> summary() throws IOException {
    return Files.readAllLines(directory.resolve("benchmark_summary.csv"));
  }

  @Test
  void filesAreNamedByBackendAndStart() throws IOException {
    Path json = run("{}");

    assertThat(json).isEqualTo(directory.resolve(NAME + ".json")).hasContent("{}");
    assertThat(visible())
        .containsExactly("benchmark_summary.csv", NAME + ".json", NAME + "_requests.csv");
    assertThat(directory.resolve(NAME + "_requests.csv"))
        .hasContent(
            RequestsCsv.HEADER + "\n" + RequestsCsv.row(SampleRequest.number(0).build()) + "\n");
  }

  /** Something that opens files in a folder and cannot be carried through. */
  @FunctionalInterface
  private interface Doomed {
    void open(Path folder) throws IOException;
  }

  static Stream<Arguments> doomed() {
    return Stream.of(
        doomed("a run whose header cannot be written", RunDirectoryTest::headless),
        doomed(
            "a run whose journal's name is taken",
            folder -> {
              Files.createFile(folder.resolve(".x.journal"));
              headless(folder);
            }),
        doomed(
            "a run taken up whose part file cannot be opened",
            folder -> {
              Files.createDirectory(folder.resolve(".x_requests.csv.part"));
              Path journal = folder.resolve(".x.journal");
              RunDirectory.takeUp(journal, Journal.create(journal));
            }),
        doomed(
            "a journal that is none",
            folder -> {
              Files.writeString(folder.resolve(".x.journal"), "no entry\n");
              assertThat(AbandonedRun.in(folder)).isEmpty();
              throw new IOException("told, and left as it is");
            }));
  }

  private static Arguments doomed(String name, Doomed doomed) {
    return Arguments.of(Named.of(name, doomed));
  }

  private static void headless(Path folder) throws IOException {
    FileChannel closed =
        FileChannel.open(
            folder.resolve("part"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    AppendFile requests = new AppendFile(folder.resolve("part"), closed);
    closed.close();
    RunDirectory.begin(folder, "x", true, requests);
  }

  @EnabledOnOs(OS.LINUX)
  @ParameterizedTest
  @MethodSource("doomed")
  void whatCannotBeOpenedWholeLeavesNothingOpen(Doomed doomed) throws IOException {
    assertThatThrownBy(() -> doomed.open(temporary)).isInstanceOf(IOException.class);

    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      assertThat(open.map(RunDirectoryTest::target))
          .noneMatch(file -> file.startsWith(temporary.toString()));
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
  void textsLieInAFileOfTheirOwnALineEachWhateverIsInThem() throws IOException {
    String nasty = "two\nlines, \"quoted\", \u0000 \u2028 and 世界";
    try (RunDirectory run = open()) {
      run.append(
          List.of(
              SampleRequest.number(0).text(nasty, "", 0).build(), SampleRequest.number(1).build()));
      run.append(List.of(SampleRequest.number(2).text("b", "why", 3).build()));
      assertThat(visible()).isEmpty();
      run.finish(RESULT, new byte[0]);
    }

    List<String> lines = Files.readAllLines(directory.resolve(NAME + "_texts.jsonl"));
    assertThat(lines).hasSize(2);
    assertThat(Json.MAPPER.readTree(lines.getFirst()).get("text").textValue()).isEqualTo(nasty);
    assertThat(lines.getLast())
        .isEqualTo(
            "{\"request_id\":\"r2\",\"level\":\"c2\",\"text\":\"b\",\"reasoning\":\"why\",\"cut\":3}");
  }

  @Test
  void aRunThatIsDiscardedLeavesNoTexts() throws IOException {
    RunDirectory run = open();
    run.append(List.of(SampleRequest.number(0).text("a", "", 0).build()));

    run.discard();

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aNameInUseGetsANumber() throws IOException {
    run("1");
    run("2");
    run("3");

    assertThat(directory.resolve(NAME + ".json")).hasContent("1");
    assertThat(directory.resolve(NAME + "_2.json")).hasContent("2");
    assertThat(directory.resolve(NAME + "_3.json")).hasContent("3");
    assertThat(visible()).contains(NAME + "_2_requests.csv", NAME + "_3_requests.csv");
  }

  @Test
  void aRunThatIsOnlyAtItsPartFileHasItsNameAlready() {
    try (RunDirectory first = open();
        RunDirectory second = open()) {
      assertThat(second.finish(RESULT, new byte[0])).hasFileName(NAME + "_2.json");
      assertThat(first.finish(RESULT, new byte[0])).hasFileName(NAME + ".json");
    }
  }

  @Test
  void aRequestsFileWithoutItsJsonIsNotOverwritten() throws IOException {
    Files.createDirectories(directory);
    Path others = Files.writeString(directory.resolve(NAME + "_requests.csv"), "others");

    assertThat(run("{}")).hasFileName(NAME + "_2.json");
    assertThat(others).hasContent("others");
    assertThat(directory.resolve("." + NAME + "_requests.csv.part")).doesNotExist();
  }

  @Test
  void nothingButTheHiddenPartFileIsThereBeforeTheEnd() throws IOException {
    try (RunDirectory run = open()) {
      run.append(List.of(SampleRequest.number(0).build()));

      assertThat(visible()).isEmpty();
      assertThat(directory.resolve("." + NAME + "_requests.csv.part"))
          .content()
          .startsWith(RequestsCsv.HEADER + "\nr0,");
    }
  }

  @Test
  void aRunThatWasNotFinishedLeavesWhatItMeasured() throws IOException {
    try (RunDirectory run = open()) {
      run.append(List.of(SampleRequest.number(0).build()));
    }

    assertThat(visible()).isEmpty();
    assertThat(directory.resolve("." + NAME + "_requests.csv.part")).content().contains("\nr0,");
    assertThat(run("{}")).hasFileName(NAME + "_2.json");
  }

  @Test
  void noTemporaryFileStays() throws IOException {
    run("{}");

    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".tmp") || name.endsWith(".part"));
    }
  }

  @Test
  void theSummaryHasItsHeaderOnceAndARowARun() throws IOException {
    run("1");
    run("2");

    String row = SummaryCsv.rows(RESULT, NAME + ".json").getFirst();
    assertThat(summary()).containsExactly(SummaryCsv.HEADER, row, row.replace(".json", "_2.json"));
  }

  @Test
  void aRunWithoutALevelLeavesNoBlankRow() throws IOException {
    run("1");
    try (RunDirectory run = open()) {
      run.finish(SampleResult.of(), new byte[0]);
    }
    run("3");

    assertThat(summary()).hasSize(3).doesNotContain("");
  }

  @Test
  void aLastRowWithoutItsLineEndIsNotGluedToTheNext() throws IOException {
    run("1");
    Path summary = directory.resolve("benchmark_summary.csv");
    Files.writeString(summary, Files.readString(summary).stripTrailing());
    run("2");

    assertThat(summary()).hasSize(3);
  }

  @Test
  void aSummaryWithAnotherHeaderIsKeptUnderAnotherName() throws IOException {
    Files.createDirectories(directory);
    for (String old : List.of("a,b\n1,2\n", "c,d\n3,4\n")) {
      Files.writeString(directory.resolve("benchmark_summary.csv"), old);
      run("{}");
    }

    assertThat(directory.resolve("benchmark_summary_old.csv")).hasContent("a,b\n1,2\n");
    assertThat(directory.resolve("benchmark_summary_old_2.csv")).hasContent("c,d\n3,4\n");
    assertThat(summary()).hasSize(2).startsWith(SummaryCsv.HEADER);
  }

  @Test
  void runsOfOneSecondThatFinishAtOnceLoseNothing() throws Exception {
    int threads = 8;
    int rounds = 5;
    CyclicBarrier together = new CyclicBarrier(threads);
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < threads; i++) {
        String name = "t" + i;
        all.add(
            executor.submit(
                () -> {
                  for (int round = 0; round < rounds; round++) {
                    together.await(30, TimeUnit.SECONDS);
                    try (RunDirectory run = open()) {
                      run.append(List.of(SampleRequest.number(0).id(name + "-" + round).build()));
                      run.finish(RESULT, (name + "-" + round).getBytes(UTF_8));
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }

    List<String> names = visible().stream().filter(name -> name.endsWith(".json")).toList();
    assertThat(names).hasSize(threads * rounds);
    for (String name : names) {
      String id = Files.readString(directory.resolve(name));
      assertThat(Files.readAllLines(directory.resolve(name.replace(".json", "_requests.csv"))))
          .hasSize(2)
          .last()
          .asString()
          .startsWith(id + ",");
    }
    assertThat(summary()).hasSize(1 + threads * rounds).doesNotHaveDuplicates();
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "no directory");

    for (Path output : List.of(file, file.resolve("results"))) {
      assertThatThrownBy(() -> RunDirectory.open(output, "vllm", START, false))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageStartingWith("output: cannot write to " + output + ": ");
    }
    assertThatThrownBy(() -> RunDirectory.open(file, "vllm", START, false))
        .hasMessage("output: cannot write to %s: %s is a file, no directory", file, file);
  }
}
