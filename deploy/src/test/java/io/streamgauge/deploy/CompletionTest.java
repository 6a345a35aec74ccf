package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompletionTest {
  @Test
  void theCompletionScriptIsBashAndKnowsTheOptions() throws Exception {
    Cli cli = Cli.run("completion");

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out()).contains("--concurrency", "complete -F");
    Process bash = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
    bash.outputWriter().append(cli.out()).close();
    assertThat(bash.waitFor()).as(new String(bash.getInputStream().readAllBytes())).isZero();
  }
}
