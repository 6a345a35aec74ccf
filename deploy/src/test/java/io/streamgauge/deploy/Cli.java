package io.streamgauge.deploy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Runs the command line in this process and keeps what it prints. */
record Cli(int exitCode, String out, String err) {
  private static final String JUDGED = "--max-client-error";

  /**
   * A {@code run} whose test says nothing of it is not judged by what the client added to its
   * numbers, because other tests run beside it and would make it void.
   */
  static Cli run(String... line) {
    List<String> words = List.of(line);
    String[] args =
        words.indexOf("run") == 0 && words.stream().noneMatch(word -> word.startsWith(JUDGED))
            ? Stream.concat(Stream.of("run", JUDGED + "=off"), words.stream().skip(1))
                .toArray(String[]::new)
            : line;
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        Streamgauge.commandLine(args)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    int code = command.execute(args);
    return new Cli(code, out.toString(), err.toString());
  }
}
