package io.streamgauge.deploy.cli;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Red is what is wrong, yellow what is to be minded, green what holds; all else has no colour. */
final class Colours {
  private static final String RED = "\u001b[31m";
  private static final String YELLOW = "\u001b[33m";
  private static final String GREEN = "\u001b[32m";
  private static final String END = "\u001b[0m";

  private static final Pattern BAD =
      Pattern.compile(
          "^(void:|Lost:|SLO: .* MISSED: |Verdict: .*(NOT VALID|MISSED|nothing was)).*");
  private static final Pattern DOUBTFUL =
      Pattern.compile("^(warning:|Network: |Verdict: .*(, but |[0-9] requests failed)).*");
  private static final Pattern GOOD = Pattern.compile("^(SLO: .* met: |Verdict: ).*");
  private static final Pattern FAILED = Pattern.compile("[0-9]+ failed");

  /** Lines of a result, each by how it begins, which no server decides. */
  static String block(String text) {
    return text.lines().map(Colours::line).collect(Collectors.joining("\n", "", "\n"));
  }

  private static String line(String line) {
    if (BAD.matcher(line).matches()) {
      return RED + line + END;
    }
    if (DOUBTFUL.matcher(line).matches()) {
      return YELLOW + line + END;
    }
    return GOOD.matcher(line).matches() ? GREEN + line + END : line;
  }

  /** The live line, in which failures are told where there are some. */
  static String live(String line) {
    return FAILED.matcher(line).replaceFirst(RED + "$0" + END);
  }

  private Colours() {}
}
