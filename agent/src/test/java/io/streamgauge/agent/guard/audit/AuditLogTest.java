package io.streamgauge.agent.guard.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.PromptsId;
import io.streamgauge.common.engine.EngineKind;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.plan.AnswerOptions;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.Share;
import io.streamgauge.common.plan.request.RequestShape;
import io.streamgauge.common.plan.request.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
  private static final Instant NOW = Instant.parse("2026-11-24T20:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);

  @TempDir Path root;
  private Path file;

  @BeforeEach
  void nameAFile() {
    file = root.resolve("logs").resolve("audit.jsonl");
  }

  private static AuditEntry entry(int number) {
    return new AuditEntry(NOW, "run-" + number, "agent-1", "Start", "level c20", "obeyed");
  }

  private void write(int from, int to) throws IOException {
    write(from, to, 1 << 20);
  }

  private void write(int from, int to, long largest) throws IOException {
    try (AuditLog log = AuditLog.open(file, largest, CLOCK)) {
      CompletableFuture.allOf(
              IntStream.range(from, to)
                  .mapToObj(number -> log.append(entry(number)))
                  .toArray(CompletableFuture[]::new))
          .join();
    }
  }

  @Test
  void eachCommandIsALineThatNamesTheLineBefore() throws IOException {
    write(0, 3);

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(3);
    JsonNode first = Json.MAPPER.readTree(lines.get(0));
    assertThat(first.get("previous").asText()).isEqualTo("0".repeat(64));
    assertThat(first.get("time").asText()).isEqualTo("2026-11-24T20:00:00Z");
    assertThat(first.get("run").asText()).isEqualTo("run-0");
    assertThat(first.get("verdict").asText()).isEqualTo("obeyed");
    assertThat(Json.MAPPER.readTree(lines.get(2)).get("previous").asText())
        .isEqualTo(AuditLine.hash(lines.get(1).getBytes(UTF_8)));
    assertThat(AuditCheck.of(file)).isEqualTo(new AuditCheck(3, 0, Optional.empty()));
  }

  @Test
  void aLineIsOnTheDiskWhenItsPromiseIsKept() throws IOException {
    try (AuditLog log = AuditLog.open(file)) {
      log.append(entry(1)).join();

      assertThat(Files.readAllLines(file)).hasSize(1);
    }
  }

  @Test
  void onlyTheOwnerReadsTheFile() throws IOException {
    write(0, 1);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void theChainGoesOnAfterARestart() throws IOException {
    write(0, 2);
    write(2, 4);

    assertThat(AuditCheck.of(file)).isEqualTo(new AuditCheck(4, 0, Optional.empty()));
  }

  @Test
  void aChangedByteIsFoundInTheLineAfterIt() throws IOException {
    write(0, 4);
    byte[] whole = Files.readAllBytes(file);
    int line = 1;
    for (int i = 0; line < 4; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= 1;
      Files.write(file, changed);

      int found = AuditCheck.of(file).broken().orElseThrow().line();

      assertThat(found).as("byte %d", i).isBetween(line, line + 1);
      line += whole[i] == '\n' ? 1 : 0;
    }
  }

  @Test
  void aRemovedLineIsFoundAtItsPlace() throws IOException {
    write(0, 4);
    List<String> lines = Files.readAllLines(file);

    Files.write(file, List.of(lines.get(0), lines.get(1), lines.get(3)));
    assertThat(AuditCheck.of(file).broken())
        .contains(
            new AuditCheck.Broken(
                file, 3, "the line before it was changed or removed, or one was put in"));

    Files.write(file, lines.subList(1, 4));
    assertThat(AuditCheck.of(file).broken())
        .contains(new AuditCheck.Broken(file, 1, "the lines before it are missing"));

    Files.write(file, List.of(lines.get(0), lines.get(2), lines.get(1), lines.get(3)));
    assertThat(AuditCheck.of(file).broken())
        .hasValueSatisfying(b -> assertThat(b.line()).isEqualTo(2));
  }

  @Test
  void aLineThatACrashCutOffIsKeptAndNoted() throws IOException {
    write(0, 3);
    byte[] whole = Files.readAllBytes(file);
    byte[] cut = Arrays.copyOf(whole, whole.length - 20);
    Files.write(file, cut);
    assertThat(AuditCheck.of(file).broken())
        .contains(new AuditCheck.Broken(file, 3, "it was cut off"));

    write(3, 5);

    assertThat(Files.readAllBytes(file)).startsWith(cut);
    assertThat(Files.readAllLines(file)).hasSize(6).element(3).asString().contains("(torn)");
    assertThat(AuditCheck.of(file)).isEqualTo(new AuditCheck(6, 1, Optional.empty()));
  }

  @Test
  void aLineThatLacksOnlyItsEndIsWhole() throws IOException {
    write(0, 2);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));

    write(2, 3);

    assertThat(AuditCheck.of(file)).isEqualTo(new AuditCheck(4, 1, Optional.empty()));
  }

  @Test
  void rubbishInTheMiddleIsFound() throws IOException {
    write(0, 2);
    Files.writeString(file, "rubbish\n", StandardOpenOption.APPEND);
    assertThat(AuditCheck.of(file).broken())
        .contains(new AuditCheck.Broken(file, 3, "it cannot be read"));

    write(2, 3);

    assertThat(AuditCheck.of(file).broken())
        .hasValueSatisfying(broken -> assertThat(broken.line()).isEqualTo(4));
  }

  @Test
  void aFullFileIsSetAsideAndTheChainGoesOnInTheNext() throws IOException {
    write(0, 20, 1000);
    write(20, 25, 1000);

    assertThat(file.resolveSibling("audit.jsonl.1")).exists();
    assertThat(AuditCheck.of(file)).isEqualTo(new AuditCheck(25, 0, Optional.empty()));
  }

  @Test
  void theLogNeverGrowsBeyondTenFiles() throws IOException {
    write(0, 200, 1000);

    try (var files = Files.list(file.getParent())) {
      assertThat(files.filter(path -> !path.toString().endsWith(".lock"))).hasSize(10);
    }
    assertThat(file.resolveSibling("audit.jsonl.10")).doesNotExist();
    AuditCheck check = AuditCheck.of(file);
    assertThat(check.broken()).isEmpty();
    assertThat(check.lines()).isBetween(20L, 100L);
    assertThat(Files.readString(file)).contains("run-199");
  }

  @Test
  void aMissingFileAmongThemIsFound() throws IOException {
    write(0, 20, 1000);
    Files.delete(file.resolveSibling("audit.jsonl.2"));

    assertThat(AuditCheck.of(file).broken())
        .hasValueSatisfying(
            broken -> {
              assertThat(broken.file()).isEqualTo(file.resolveSibling("audit.jsonl.1"));
              assertThat(broken.line()).isEqualTo(1);
            });
  }

  @Test
  void twoAgentsDoNotWriteOneLog() throws IOException {
    try (AuditLog _ = AuditLog.open(file)) {
      assertThatExceptionOfType(PlanException.class)
          .isThrownBy(() -> AuditLog.open(file))
          .withMessageContaining("expected a file that no other agent writes");
    }
    write(0, 1);
    assertThat(AuditCheck.of(file).lines()).isEqualTo(1);
  }

  @Test
  void aLogThatCannotBeWrittenIsRefusedAtOnce() throws IOException {
    Files.createDirectories(file);

    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> AuditLog.open(file))
        .withMessageStartingWith("audit-log: ");
  }

  @Test
  void aClosedLogSaysSo() throws IOException {
    AuditLog log = AuditLog.open(file);
    log.close();

    assertThat(log.append(entry(1))).isCompletedExceptionally();
  }

  @Test
  void noSecretAndNoPromptIsInASummary() {
    Target target =
        new Target(
            "http://10.0.0.5:8000",
            Optional.of("llama"),
            Optional.of("API_KEY"),
            Map.of("Authorization", "Bearer s3cret"));
    List<Prompt> prompts = List.of(new Prompt("1", "general", "s3cret words", Optional.empty()));
    AgentCommand load = new AgentCommand.LoadPrompts("run-7", PromptsId.of(prompts), 0, prompts);
    AgentCommand prepare =
        new AgentCommand.Prepare(
            "run-7",
            new Level(
                "c20",
                new ClosedLoop(20, Optional.empty()),
                Extent.of(Duration.ofSeconds(30)),
                false),
            0,
            target,
            RequestShape.DEFAULT,
            AnswerOptions.DEFAULT,
            PromptsId.of(prompts),
            new Share(2, 2, 8),
            42,
            Optional.empty(),
            Optional.empty());
    AgentCommand engine =
        new AgentCommand.StartEngine(
            "run-7", EngineKind.SIM, Map.of("token", "s3cret"), Optional.empty(), 42);

    assertThat(AuditEntry.of(NOW, "agent-1", prepare, "obeyed").summary())
        .isEqualTo(
            "level c20 (concurrency 20, 30s), lanes 2..3 of 8, 1 prompts, target"
                + " http://10.0.0.5:8000, key from API_KEY, headers [Authorization]");
    assertThat(AuditEntry.of(NOW, "agent-1", load, "obeyed").summary())
        .matches("prompts 1\\.\\.1 of 1, sha256:[0-9a-f]{64}");
    assertThat(AuditEntry.of(NOW, "agent-1", engine, "obeyed").summary())
        .contains("token")
        .doesNotContain("s3cret");
  }

  @Test
  void aLongTextAndLineEndsOfASenderStayInOneShortLine() throws IOException {
    try (AuditLog log = AuditLog.open(file)) {
      log.append(
              AuditEntry.of(
                  NOW,
                  "agent-1",
                  new AgentCommand.Stop("run\n7", "x\n".repeat(100_000), Outcome.CANCELLED),
                  "obeyed"))
          .join();
    }

    assertThat(Files.readAllLines(file)).hasSize(1);
    assertThat(Files.size(file)).isLessThan(5000);
    assertThat(AuditCheck.of(file).broken()).isEmpty();
  }
}
