package io.streamgauge.controller.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamgauge.common.message.AgentEvent.RecordBatch;
import io.streamgauge.common.plan.PlanFile;
import io.streamgauge.controller.SampleLevel;
import io.streamgauge.controller.SampleRequest;
import io.streamgauge.controller.log.AppendFile;
import io.streamgauge.controller.log.LevelSetting;
import io.streamgauge.controller.log.LogEntry;
import io.streamgauge.controller.log.LostAgent;
import io.streamgauge.controller.log.RunFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final Instant NOW = Instant.parse("2026-02-01T14:30:00.5Z");
  private static final List<LogEntry> ENTRIES =
      List.of(
          new LogEntry.Opened(facts()),
          new LogEntry.Prepares(
              SampleLevel.closedLevel(2, 4),
              "sha256:0",
              LevelSetting.UNKNOWN,
              List.of(),
              List.of()),
          new LogEntry.Begins(NOW, "llama"),
          new LogEntry.Told(
              NOW, new RecordBatch("run", "a", "c2", 0, List.of(SampleRequest.number(0).build()))),
          new LogEntry.Lost(new LostAgent("b", "silent for 3 s", 1.5, 0.5)),
          new LogEntry.Ends(Optional.of("stopped by the user")));

  @TempDir private Path folder;

  private static RunFacts facts() {
    var plan =
        PlanFile.parse(
            "test",
            """
            backends:
              - {name: vllm, url: "http://127.0.0.1:9", headers: {Authorization: "Bearer s3cret"}}
            levels: [{concurrency: 2, requests: 4}]
            """);
    return new RunFacts(
        "run",
        plan,
        plan.backends().getFirst(),
        "http://127.0.0.1:9",
        Optional.empty(),
        true,
        Map.of("p1", 8),
        NOW);
  }

  private Path written() throws IOException {
    Path path = folder.resolve(".vllm.journal");
    try (Journal journal = Journal.create(path)) {
      ENTRIES.forEach(journal::write);
    }
    return path;
  }

  private static List<LogEntry> read(Journal journal) throws IOException {
    List<LogEntry> entries = new ArrayList<>();
    journal.read(entries::add);
    return entries;
  }

  @Test
  void whatWasWrittenIsReadAgainAsItWas() throws IOException {
    try (Journal journal = Journal.takeOver(written()).orElseThrow()) {
      assertThat(journal.first()).contains(ENTRIES.getFirst());
      assertThat(read(journal)).isEqualTo(ENTRIES);
    }
  }

  @Test
  void noSecretIsInIt() throws IOException {
    assertThat(Files.readString(written())).doesNotContain("s3cret");
  }

  @Test
  void aLineThatWasNotWrittenToItsEndIsNoneAndWhatFollowsIsWhole() throws IOException {
    Path path = written();
    Files.writeString(path, "{\"type\":\"Ends\",\"sto", StandardOpenOption.APPEND);

    try (Journal journal = Journal.takeOver(path).orElseThrow()) {
      LogEntry last = new LogEntry.Ends(Optional.empty());
      journal.write(last);

      assertThat(read(journal))
          .hasSize(ENTRIES.size() + 1)
          .startsWith(ENTRIES.getFirst())
          .endsWith(last);
    }
  }

  @Test
  void aLineOfAnotherVersionIsNamed() throws IOException {
    Path path = written();
    Files.writeString(path, "{\"type\":\"Paused\"}\n", StandardOpenOption.APPEND);

    try (Journal journal = Journal.takeOver(path).orElseThrow()) {
      assertThatThrownBy(() -> read(journal))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(path + ": line 7");
    }
  }

  @Test
  void nobodyTakesOverAJournalWhoseControllerLives() throws IOException {
    Path path = folder.resolve(".vllm.journal");
    try (Journal _ = Journal.create(path)) {
      assertThat(Journal.takeOver(path)).isEmpty();
    }
    try (Journal journal = Journal.takeOver(path).orElseThrow()) {
      assertThat(journal.first()).isEmpty();
    }
  }

  @Test
  void ofAPieceThatDoesNotFitNothingIsThere() throws IOException {
    Path full = Path.of("/dev/full");
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(full), "no /dev/full here");

    try (AppendFile file =
        new AppendFile(full, java.nio.channels.FileChannel.open(full, StandardOpenOption.WRITE))) {
      assertThatThrownBy(() -> file.append(new byte[] {1}))
          .hasMessageContaining("/dev/full")
          .hasMessageContaining("No space left");
    }
  }
}
