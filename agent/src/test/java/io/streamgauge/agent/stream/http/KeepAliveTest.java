package io.streamgauge.agent.stream.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeepAliveTest {
  private static final long MILLISECOND = 1_000_000;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "any",
      textBlock =
          """
          timeout=5, max=100 | 100 | 4000
          max=100, timeout=5 | 100 | 4000
          Timeout = 1        | any |  800
          max="2"            |   2 |  any
          timeout=0, max=0   |   0 |    0
          ''                 | any |  any
          300                | any |  any
          max=-1             | any |  any
          """)
  void whatIsAnnouncedIsKnownByItsNamesAndTheRestIsNoLimit(
      String field, Long requests, Long idleMillis) {
    KeepAlive told = KeepAlive.parse(field);

    assertThat(told.requests()).isEqualTo(requests == null ? Long.MAX_VALUE : requests);
    assertThat(told.idleNanos())
        .isEqualTo(idleMillis == null ? Long.MAX_VALUE : idleMillis * MILLISECOND);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          max=3 | max=3 | max=3 | a server that repeats its limit
          max=3 | max=2 | max=1 | one that counts down
          max=3 | ''    | ''    | one that says it once
          ''    | max=3 | max=3 | one that says it late
          """)
  void asManyGoOverAConnectionAsWereAnnouncedFirst(
      String first, String second, String third, String who) {
    KeepAlive one = KeepAlive.parse(first);
    KeepAlive two = one.then(KeepAlive.parse(second));
    KeepAlive three = two.then(KeepAlive.parse(third));

    assertThat(one.allowsMore(1)).as(who).isTrue();
    assertThat(two.allowsMore(2)).as(who).isTrue();
    assertThat(three.allowsMore(3)).as(who).isFalse();
  }

  @Test
  void noneFollowsWhereNoMoreAreLeftOrNoTimeIs() {
    KeepAlive many = KeepAlive.parse("max=100, timeout=5");

    assertThat(many.then(KeepAlive.parse("max=0")).allowsMore(2)).isFalse();
    assertThat(many.then(KeepAlive.parse("timeout=0")).allowsMore(2)).isFalse();
    assertThat(KeepAlive.UNSAID.allowsMore(1_000_000)).isTrue();
  }
}
