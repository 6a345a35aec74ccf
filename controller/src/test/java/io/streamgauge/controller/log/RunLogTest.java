package io.streamgauge.controller.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamgauge.common.json.Json;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.controller.SampleLog;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunLogTest {
  private static final List<LogEntry> ENTRIES = SampleLog.ofEachKind();
  private static final List<LogEntry> FEW =
      List.of(SampleLog.opened(), SampleLog.begins(), SampleLog.lost("b", 1), SampleLog.ended(2));

  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void name() {
    path = folder.resolve("a.run.gz");
  }

  /** Writes a log; where each of its entries ends. */
  private List<Long> write(List<LogEntry> entries) throws IOException {
    List<Long> ends = new ArrayList<>();
    try (RunLog log = RunLog.create(path)) {
      for (LogEntry entry : entries) {
        log.append(entry);
        ends.add(Files.size(path));
      }
    }
    return ends;
  }

  private List<LogEntry> read() throws IOException {
    List<LogEntry> read = new ArrayList<>();
    RunLog.read(path, read::add);
    return read;
  }

  private void packed(String lines) throws IOException {
    Files.write(path, Gzip.member(lines.getBytes(UTF_8)));
  }

  @Test
  void everyKindOfEntryReadsBackAsItWas() throws IOException {
    write(ENTRIES);

    assertThat(ENTRIES.stream().map(Object::getClass).distinct())
        .hasSameSizeAs(LogEntry.class.getPermittedSubclasses());
    assertThat(read()).isEqualTo(ENTRIES);
  }

  @Test
  void itIsOneLineAnEntryToWhoeverUnpacksIt() throws IOException {
    write(ENTRIES);

    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(path))) {
      List<String> lines = new String(in.readAllBytes(), UTF_8).lines().toList();
      assertThat(lines).hasSameSizeAs(ENTRIES);
      for (String line : lines) {
        assertThat(Json.MAPPER.readTree(line).path("type").asText()).isNotEmpty();
      }
      assertThat(lines.getFirst()).contains("\"schema\":\"streamgauge.log/1\"");
    }
  }

  @Test
  void cutAtAnyByteItTellsTheEntriesThatAreWhole() throws IOException {
    List<Long> ends = write(FEW);
    byte[] whole = Files.readAllBytes(path);

    for (int length = whole.length - 1; length >= ends.getFirst(); length--) {
      Files.write(path, Arrays.copyOf(whole, length));
      long cut = length;
      int left = (int) ends.stream().filter(end -> end <= cut).count();
      assertThat(read()).as("cut at " + cut).isEqualTo(FEW.subList(0, left));
    }
    Files.write(path, Arrays.copyOf(whole, Math.toIntExact(ends.getFirst() - 1)));
    assertThatThrownBy(this::read)
        .isInstanceOf(IOException.class)
        .hasMessage(path + " is no run log: it has no whole entry, expected streamgauge.log/1");
  }

  @Test
  void behindAFlippedBitItReadsNothingAndNeverAWrongEntry() throws IOException {
    List<Long> ends = write(FEW);
    byte[] whole = Files.readAllBytes(path);

    for (int at = Math.toIntExact(ends.getFirst()); at < whole.length; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << at % 8);
      Files.write(path, flipped);
      long damaged = at;
      int left = (int) ends.stream().filter(end -> end <= damaged).count();
      List<LogEntry> read = read();
      assertThat(read.subList(0, left)).as("bit of byte " + at).isEqualTo(FEW.subList(0, left));
      // A bit of a member's head that tells nothing, such as its time, may be any.
      assertThat(read).as("bit of byte " + at).isIn(FEW, FEW.subList(0, left));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"schema\":\"streamgauge.log/2\"}|': schema: streamgauge.log/2 is not known, expected"
            + " streamgauge.log/1: a later version of streamgauge wrote it'",
        "{\"schema\":\"other/1\"}|' is no run log: schema: other/1 is not valid, expected"
            + " streamgauge.log/1'",
        "{}|' is no run log: schema: none is not valid, expected" + " streamgauge.log/1'",
        "text|' is no run log: it does not begin with JSON'",
        "{\"type\":\"Unheard\",\"schema\":\"streamgauge.log/1\"}|': the entry at byte 0 is not one"
            + " of streamgauge.log/1: '",
      })
  void whatIsNoLogOfThisVersionSaysSo(String line, String words) throws IOException {
    packed(line);

    assertThatThrownBy(this::read)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(path + words);
  }

  @Test
  void unpackedAndPackedAgainItReadsAsBefore() throws IOException {
    write(ENTRIES);
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(path))) {
      packed(new String(in.readAllBytes(), UTF_8));
    }

    assertThat(read()).isEqualTo(ENTRIES);
  }

  @Test
  void oneWithoutAWholeEntryIsNotTakenUpAndStaysAsItIs() throws IOException {
    byte[] damaged = {1, 2, 3};
    Files.write(path, damaged);

    assertThatThrownBy(() -> RunLog.takeUp(path)).hasMessageContaining("no whole entry");
    assertThat(path).hasBinaryContent(damaged);
  }

  @Test
  void anEmptyFileAndOneThatIsNotPackedAreNone() throws IOException {
    for (String content : List.of("", "{\"schema\":\"streamgauge.log/1\"}\n")) {
      Files.writeString(path, content);
      assertThatThrownBy(this::read)
          .isInstanceOf(IOException.class)
          .hasMessageContaining(path + " is no run log");
    }
  }

  @Test
  void whoTakesItUpGoesOnBehindTheLastWholeEntry() throws IOException {
    List<Long> ends = write(ENTRIES);
    byte[] whole = Files.readAllBytes(path);
    Files.write(path, Arrays.copyOf(whole, Math.toIntExact(ends.get(5) + 7)));

    try (RunLog log = RunLog.takeUp(path)) {
      assertThat(path).hasSize(ends.get(5));
      ENTRIES.subList(6, ENTRIES.size()).forEach(log::append);
    }

    assertThat(path).hasBinaryContent(whole);
  }

  @Test
  void aLogIsReadWhileItIsWritten() throws IOException {
    try (RunLog log = RunLog.create(path)) {
      ENTRIES.forEach(log::append);
      List<LogEntry> read = new ArrayList<>();
      log.read(read::add);
      assertThat(read).containsExactlyElementsOf(ENTRIES);
    }
  }

  @Test
  void whoWantsTheRecordsIsToldAllOfThemAndNothingElse() throws IOException {
    write(ENTRIES);
    List<AgentEvent.RecordBatch> read = new ArrayList<>();

    RunLog.readRecords(path, read::add);

    assertThat(read)
        .isNotEmpty()
        .containsExactlyElementsOf(
            ENTRIES.stream()
                .filter(LogEntry.Told.class::isInstance)
                .map(told -> ((LogEntry.Told) told).event())
                .filter(AgentEvent.RecordBatch.class::isInstance)
                .map(AgentEvent.RecordBatch.class::cast)
                .toList());
  }

  @Test
  void noLogTakesThePlaceOfAnotherAndOneThatIsDiscardedIsGone() throws IOException {
    RunLog log = RunLog.create(path);
    assertThatThrownBy(() -> RunLog.create(path)).isInstanceOf(FileAlreadyExistsException.class);

    log.discard();

    assertThat(path).doesNotExist();
  }
}
