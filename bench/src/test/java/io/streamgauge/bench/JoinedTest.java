package io.streamgauge.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JoinedTest {
  private static final List<String> FILE =
      List.of(
          "request_id,category,due_ms,sent_ms,ttft_ms,outcome",
          "late,\"odd, but \"\"fine\"\"\",1.0,9.5,31.25,ok",
          "early,coding,0.0,0.5,20.5,ok",
          "broken,coding,0.0,0.7,,reset",
          "unknown,coding,2.0,2.5,20.0,ok");
  private static final ServerLog LOG =
      ServerLog.parse(
          Stream.of(entry("early", 20_000_000), entry("late", 30_000_000), entry("other", 1)));

  private static String entry(String id, long first) {
    return """
    {"id":"%s","recv":0,"first":%d,"last":%d,"tokens":1,"events":1,"times":[]}\
    """
        .formatted(id, first, first);
  }

  @Test
  void successfulRequestsAreJoinedById() {
    Joined joined = Joined.of(RequestRow.parse(FILE), LOG);

    assertThat(joined.pairs())
        .extracting(pair -> pair.client().id())
        .containsExactly("early", "late");
    assertThat(joined.clientTtft().mean()).isEqualTo(25.875);
    assertThat(joined.serverTtft().mean()).isEqualTo(25);
    assertThat(joined.ttftErrors().quantile(1)).isEqualTo(1.25, within(1e-9));
  }

  @Test
  void latenessCountsFromTheDueTime() {
    assertThat(Joined.of(RequestRow.parse(FILE), LOG).lateness().quantile(1)).isEqualTo(8.5);
  }

  @Test
  void theOpeningIsWhatWasSentFirst() {
    Joined settled = Joined.of(RequestRow.parse(FILE), LOG).after(1);

    assertThat(settled.pairs()).extracting(pair -> pair.client().id()).containsExactly("late");
    assertThat(settled.after(5).pairs()).isEmpty();
  }

  @Test
  void aFileWithOtherColumnsIsRefused() {
    assertThatThrownBy(() -> RequestRow.parse(List.of("id,ttft")))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("[id, ttft]");
  }
}
