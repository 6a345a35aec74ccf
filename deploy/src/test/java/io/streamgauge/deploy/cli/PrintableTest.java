package io.streamgauge.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
  private static final String HOSTILE = "a\u001b[2Jb\u0007c\u007fd\u009b31me\u0085f\u202eg\r\nh";

  @Test
  void aLineHoldsNothingThatATerminalActsOn() {
    assertThat(Printable.line(HOSTILE)).isEqualTo("a [2Jb c d 31me f g h");
  }

  @Test
  void aBlockKeepsItsLinesAndNothingElse() {
    assertThat(Printable.block(HOSTILE)).isEqualTo("a [2Jb c d 31me f g \nh");
  }

  @Test
  void whatPrintsStaysAsItIs() {
    String text = "größe 静か 😀 ½ – \"x\"";

    assertThat(Printable.line(text)).isEqualTo(text);
    assertThat(Printable.block(text + "\n")).isEqualTo(text + "\n");
  }
}
