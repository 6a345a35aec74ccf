package io.streamgauge.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UncarriedTest {
  private final Uncarried run = new Uncarried();

  private void hear(int times, boolean carried) {
    for (int i = 0; i < times; i++) {
      run.heard(carried);
    }
  }

  @Test
  void oneStrangeAnswerMayBeAnOldOne() {
    hear(1, false);
    assertThat(run.certain()).isFalse();

    hear(1, false);
    assertThat(run.certain()).isTrue();
    assertThat(run.hopeless()).isFalse();
  }

  @Test
  void afterTenMinutesThereIsNoHope() {
    hear(600, false);
    assertThat(run.hopeless()).isFalse();

    hear(1, false);
    assertThat(run.hopeless()).isTrue();
  }

  @Test
  void aControllerThatTakesTheRunUpAgainIsTrustedAnew() {
    hear(600, false);
    hear(1, true);
    hear(1, false);
    assertThat(run.certain()).isFalse();
  }
}
