package io.streamgauge.agent.client.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.agent.client.wire.StampTally;
import io.streamgauge.agent.stream.delta.Delta;
import io.streamgauge.agent.stream.delta.DeltaReader;
import io.streamgauge.agent.stream.scan.ScanDeltaReader;
import io.streamgauge.common.plan.slo.Deadlines;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TokenArrivalsTest {
  private static final OrdinaryEvents ORDINARY = new OrdinaryEvents(new StampTally(), _ -> {});
  private static final long MILLI = 1_000_000;

  private final DeltaReader reader = new ScanDeltaReader();
  private final Timeline timeline = new Timeline(0, "r", 0, 0, 0);

  private void event(long millis, String json) {
    byte[] bytes = json.getBytes(UTF_8);
    Delta delta = new Delta();
    reader.read(bytes, 0, bytes.length, delta);
    timeline.take(delta, millis * MILLI, ORDINARY);
  }

  private void chunk(long millis) {
    event(millis, "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}}]}");
  }

  private void chunk(long millis, int soFar) {
    event(
        millis,
        "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}}],\"usage\":{\"prompt_tokens\":1,"
            + "\"completion_tokens\":"
            + soFar
            + "}}");
  }

  private void usage(int tokens) {
    event(
        9_999,
        "{\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":" + tokens + "}}");
  }

  private List<Integer> tokens() {
    List<Integer> tokens = new ArrayList<>();
    TokenArrivals.each(timeline, (_, count) -> tokens.add(count));
    return tokens;
  }

  @Test
  void withoutUsageEachChunkIsAToken() {
    chunk(1);
    chunk(2);

    assertThat(tokens()).containsExactly(1, 1);
  }

  @Test
  void tokensAreSpreadOverChunksAndAddUpExactly() {
    chunk(1);
    chunk(2);
    chunk(3);
    usage(10);

    assertThat(tokens()).containsExactly(4, 3, 3);
  }

  @Test
  void aCountBelowTheChunksThatBearTokensIsNotBelieved() {
    chunk(1);
    chunk(2);
    chunk(3);
    usage(2);

    assertThat(tokens()).containsExactly(1, 1, 1);
  }

  @Test
  void whatTheServerTellsOfEachChunkIsTaken() {
    chunk(1, 5);
    chunk(2, 6);
    chunk(3, 8);
    usage(9);

    assertThat(tokens()).containsExactly(5, 1, 3);
  }

  @Test
  void everySplitAddsUp() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 200; round++) {
      TokenArrivalsTest fresh = new TokenArrivalsTest();
      int chunks = random.nextInt(1, 40);
      int all = chunks + random.nextInt(0, 200);
      for (int i = 0; i < chunks; i++) {
        fresh.chunk(i);
      }
      fresh.usage(all);

      assertThat(fresh.tokens()).hasSize(chunks).allSatisfy(n -> assertThat(n).isNotNegative());
      assertThat(fresh.tokens().stream().mapToInt(n -> n).sum()).isEqualTo(all);
      assertThat(fresh.tokens().getFirst()).isPositive();
    }
  }

  @Test
  void chunksOfOneReadCameTogether() {
    timeline.sent = 0;
    chunk(100);
    chunk(100);
    chunk(400);
    chunk(400);

    assertThat(TokenArrivals.delivery(timeline, Deadlines.DEFAULT).together()).isEqualTo(2);
    assertThat(TokenArrivals.delivery(timeline, Deadlines.DEFAULT).inTime())
        .as("one of the second pair")
        .isEqualTo(3);
  }

  @Test
  void nothingCameOfWhatWasNeverSent() {
    assertThat(tokens()).isEmpty();
    assertThat(TokenArrivals.delivery(timeline, Deadlines.DEFAULT).inTime()).isZero();
  }
}
