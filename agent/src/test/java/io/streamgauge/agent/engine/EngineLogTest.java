package io.streamgauge.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.agent.engine.process.LogPieces;
import io.streamgauge.agent.engine.process.LogTail;
import io.streamgauge.common.secret.KnownSecrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineLogTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameIt() {
    file = folder.resolve("engine.log");
  }

  @Test
  void theTailIsTheLastFortyLines() throws IOException {
    Files.writeString(
        file,
        IntStream.range(0, 50_000).mapToObj(n -> "line " + n).collect(Collectors.joining("\n")));

    assertThat(new LogTail(file, KnownSecrets.NONE).lines())
        .hasSize(40)
        .first()
        .isEqualTo("line 49960");
    assertThat(new LogTail(file, KnownSecrets.NONE).last()).isEqualTo("line 49999");
  }

  @Test
  void aLineIsShownAsItEndedWithoutColoursAndNotEndlessly() throws IOException {
    Files.writeString(file, "\u001b[31mloading 10%\rloading 20%\u001b[0m\t!\n" + "x".repeat(9_000));

    assertThat(new LogTail(file, KnownSecrets.NONE).lines())
        .containsExactly("loading 10%", "loading 20% !", "x".repeat(400) + "…");
  }

  @Test
  void aMissingLogIsSaidToBeSo() {
    assertThat(new LogTail(file, KnownSecrets.NONE).last()).startsWith("(the log cannot be read");
  }

  @Test
  void whatIsSecretIsHandedOverNowhereNotEvenWhereAPieceEnds() throws IOException {
    KnownSecrets secrets = KnownSecrets.of(List.of("s3cr3t-Value"));
    String line = "key s3cr3t-Value is used\n";
    Files.writeString(file, line.repeat((int) (LogPieces.MOST / line.length()) + 2));

    String handed = new String(whole(secrets), StandardCharsets.UTF_8);

    assertThat(handed).doesNotContain("s3cr3t").contains("key (hidden) is used", "left out here");
    assertThat(new LogTail(file, secrets).last()).isEqualTo("key (hidden) is used");
  }

  @Test
  void aLogIsHandedOverAsItIs() throws IOException {
    byte[] bytes = new byte[200_000];
    new java.util.Random(1).nextBytes(bytes);
    Files.write(file, bytes);

    assertThat(whole()).isEqualTo(bytes);
  }

  @Test
  void ofAnEndlessLogTheMiddleIsLeftOutAndThatIsSaid() throws IOException {
    long size = LogPieces.MOST + 12_345;
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "rw")) {
      log.writeBytes("first words");
      log.setLength(size);
      log.seek(size - 10);
      log.writeBytes("last words");
    }

    String text = new String(whole(), StandardCharsets.ISO_8859_1);

    assertThat(text).startsWith("first words").endsWith("last words");
    assertThat(text).contains("[streamgauge: 12345 bytes are left out here]");
    assertThat((long) text.length()).isBetween(LogPieces.MOST, LogPieces.MOST + 100);
  }

  private byte[] whole() throws IOException {
    return whole(KnownSecrets.NONE);
  }

  private byte[] whole(KnownSecrets secrets) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (LogPieces pieces = new LogPieces(file, secrets)) {
      while (pieces.hasNext()) {
        byte[] piece = pieces.next();
        assertThat(piece.length).isLessThanOrEqualTo(64 << 10);
        all.writeBytes(piece);
      }
    }
    return all.toByteArray();
  }
}
