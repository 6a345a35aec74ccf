package io.streamgauge.controller.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.plan.PlanFile;
import io.streamgauge.controller.SampleLevel;
import io.streamgauge.controller.SampleLog;
import io.streamgauge.controller.SampleRequest;
import io.streamgauge.controller.SampleResult;
import io.streamgauge.controller.log.RunLog;
import io.streamgauge.controller.report.RequestsCsv;
import io.streamgauge.controller.report.SummaryCsv;
import io.streamgauge.controller.result.RunResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFilesTest {
  private static final RunResult RESULT =
      SampleResult.of(SampleLevel.closed(1, 1).add(SampleRequest.number(0).build()).result());

  @TempDir private Path directory;
  private Path log;

  @BeforeEach
  void aLogOfThreeRequestsOneWithItsText() throws IOException {
    log = directory.resolve("a.run.gz");
    try (RunLog run = RunLog.create(log)) {
      run.append(SampleLog.opened());
      run.append(
          SampleLog.told(
              1,
              SampleLog.batch(
                  "a",
                  0,
                  SampleRequest.number(0).build(),
                  SampleRequest.number(1).text(NASTY, "why", 3).build())));
      run.append(SampleLog.told(2, SampleLog.batch("b", 0, SampleRequest.number(2).build())));
    }
  }

  private static final String NASTY = "two\nlines, \"quoted\", \u0000 \u2028 and 世界";

  private Path write(String base) {
    return new ResultFiles(directory, base).write(RESULT, log);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private List<String> summary() throws IOException {
    return Files.readAllLines(directory.resolve("benchmark_summary.csv"));
  }

  @Test
  void theFilesLieBesideTheLogUnderItsName() throws IOException {
    Path json = ResultFiles.of(log, directory).write(RESULT, log);

    assertThat(json).isEqualTo(directory.resolve("a.json"));
    assertThat(Json.MAPPER.readTree(json.toFile()).at("/run/id").asText()).isEqualTo("0a1b2c");
    assertThat(names())
        .containsExactly(
            ".benchmark_summary.csv.lock",
            "a.json",
            "a.run.gz",
            "a_requests.csv",
            "benchmark_summary.csv");
    assertThat(Files.readAllLines(directory.resolve("a_requests.csv")))
        .hasSize(4)
        .startsWith(RequestsCsv.HEADER, RequestsCsv.row(SampleRequest.number(0).build()));
  }

  @Test
  void textsLieInAFileOfTheirOwnALineEachWhateverIsInThem() throws IOException {
    RunResult texts =
        new RunResult(
            RESULT.run(),
            PlanFile.parse(
                "test",
                """
                backends: [{name: vllm, url: "http://127.0.0.1:8000"}]
                levels: [{concurrency: 1, requests: 1}]
                keep_text: true
                """),
            RESULT.environment(),
            RESULT.levels());
    new ResultFiles(directory, "a").write(texts, log);

    List<String> lines = Files.readAllLines(directory.resolve("a_texts.jsonl"));
    assertThat(lines).hasSize(1);
    JsonNode line = Json.MAPPER.readTree(lines.getFirst());
    assertThat(line.get("request_id").textValue()).isEqualTo("r1");
    assertThat(line.get("text").textValue()).isEqualTo(NASTY);
    assertThat(line.get("reasoning").textValue()).isEqualTo("why");
    assertThat(line.get("cut").intValue()).isEqualTo(3);
  }

  @Test
  void whereAFileCannotBeWrittenTheJsonIsThereAllTheSame() throws IOException {
    Files.createDirectories(directory.resolve("a_requests.csv/full"));

    assertThatThrownBy(() -> write("a"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("cannot write the result to " + directory + ": ");
    assertThat(directory.resolve("a.json")).isNotEmptyFile();
    assertThat(names()).noneMatch(name -> name.endsWith(".part") || name.endsWith(".tmp"));
  }

  @Test
  void aNameThatIsInUseGetsANumber() throws IOException {
    assertThat(ResultFiles.free(directory, "a").base()).isEqualTo("a_2");
    Files.createFile(directory.resolve("a_2.json"));
    assertThat(ResultFiles.free(directory, "a").base()).isEqualTo("a_3");
    assertThat(ResultFiles.free(directory, "b").base()).isEqualTo("b");
  }

  @Test
  void elsewhereARunGetsItsOwnFilesAgainAndNeverThoseOfAnother() throws IOException {
    write("a");

    assertThat(ResultFiles.of(log, directory, "0a1b2c").base()).isEqualTo("a");
    assertThat(ResultFiles.of(log, directory, "another").base()).isEqualTo("a_2");
  }

  @Test
  void theSummaryHasItsHeaderOnceAndTheRowsOfEachRunOnceHoweverOftenItIsRendered()
      throws IOException {
    write("a");
    write("b");
    write("a");

    assertThat(summary())
        .containsExactly(
            SummaryCsv.HEADER,
            SummaryCsv.rows(RESULT, "b.json").getFirst(),
            SummaryCsv.rows(RESULT, "a.json").getFirst());
  }

  @Test
  void aLastRowWithoutItsLineEndIsNotGluedToTheNext() throws IOException {
    write("a");
    Path summary = directory.resolve("benchmark_summary.csv");
    Files.writeString(summary, Files.readString(summary).stripTrailing());
    write("b");

    assertThat(summary()).hasSize(3);
  }

  @Test
  void aSummaryWithAnotherHeaderIsKeptUnderAnotherName() throws IOException {
    for (String old : List.of("a,b\n1,2\n", "c,d\n3,4\n")) {
      Files.writeString(directory.resolve("benchmark_summary.csv"), old);
      write("a");
    }

    assertThat(directory.resolve("benchmark_summary_old.csv")).hasContent("a,b\n1,2\n");
    assertThat(directory.resolve("benchmark_summary_old_2.csv")).hasContent("c,d\n3,4\n");
    assertThat(summary()).hasSize(2).startsWith(SummaryCsv.HEADER);
  }

  @Test
  void runsThatEndAtOnceLoseNoRowOfTheSummary() throws Exception {
    int threads = 8;
    int rounds = 5;
    CyclicBarrier together = new CyclicBarrier(threads);
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int thread = 0; thread < threads; thread++) {
        String name = "t" + thread;
        all.add(
            executor.submit(
                () -> {
                  for (int round = 0; round < rounds; round++) {
                    together.await(30, TimeUnit.SECONDS);
                    write(name + "-" + round);
                  }
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }

    assertThat(summary()).hasSize(1 + threads * rounds).doesNotHaveDuplicates();
  }
}
