package io.streamgauge.deploy.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints a script that completes the command's words in bash and zsh. */
@Command(
    name = "completion",
    description = "Prints a completion script: source <(streamgauge completion)")
public final class CompletionCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine()
        .getOut()
        .println(AutoComplete.bash("streamgauge", spec.root().commandLine()));
    spec.commandLine().getOut().flush();
  }
}
