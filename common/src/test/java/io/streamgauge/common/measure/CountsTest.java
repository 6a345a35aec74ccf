package io.streamgauge.common.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamgauge.common.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CountsTest {
  private static final Counts OK = Counts.of(Requests.answered());
  private static final Counts RESET = Counts.of(Requests.failed(Outcome.RESET));
  private static final Counts DROPPED = Counts.of(Requests.neverSent(Outcome.DROPPED));

  @Test
  void anAnsweredRequestBringsItsTokensAndChunks() {
    assertThat(OK).isEqualTo(new Counts(Map.of(Outcome.OK, 1L), 20, 64, 16));
  }

  @ParameterizedTest
  @EnumSource(value = Outcome.class, mode = EnumSource.Mode.EXCLUDE, names = "OK")
  void aRequestThatWasNotAnsweredInFullBringsNoTokens(Outcome outcome) {
    assertThat(Counts.of(Requests.failed(outcome)))
        .isEqualTo(new Counts(Map.of(outcome, 1L), 0, 0, 0));
  }

  @Test
  void plusIsAMonoid() {
    assertThat(OK.plus(Counts.ZERO)).isEqualTo(OK);
    assertThat(Counts.ZERO.plus(OK)).isEqualTo(OK);
    assertThat(OK.plus(RESET).plus(DROPPED)).isEqualTo(OK.plus(RESET.plus(DROPPED)));
  }

  @Test
  void whatWasCancelledOrDroppedIsInTheTotalButHasNotFailed() {
    Counts cancelled = Counts.of(Requests.failed(Outcome.CANCELLED));
    Counts all = OK.plus(OK).plus(RESET).plus(DROPPED).plus(cancelled);

    assertThat(all.total()).isEqualTo(5);
    assertThat(all.failed()).isEqualTo(1);
    assertThat(all.of(Outcome.OK)).isEqualTo(2);
    assertThat(all.of(Outcome.TIMEOUT)).isZero();
    assertThat(all.outputTokens()).isEqualTo(128);
  }

  @Test
  void outcomesTravelByTheirLabel() throws JsonProcessingException {
    String json = Json.MAPPER.writeValueAsString(RESET);

    assertThat(json).contains("\"reset\":1");
    assertThat(Json.MAPPER.readValue(json, Counts.class)).isEqualTo(RESET);
  }
}
