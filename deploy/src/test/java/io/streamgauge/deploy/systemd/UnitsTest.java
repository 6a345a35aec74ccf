package io.streamgauge.deploy.systemd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.streamgauge.deploy.Streamgauge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The units that a release brings, as systemd and the tool itself read them. */
class UnitsTest {
  private static final Path UNITS = Path.of("systemd");
  private static final String PROGRAM = "/usr/bin/streamgauge";

  @TempDir private Path folder;

  /** Also the examples in comments: they are what a user begins with. */
  @ParameterizedTest
  @CsvSource({
    "streamgauge-controller.service, controller.env",
    "streamgauge-agent@.service, agent.env"
  })
  void theToolTakesTheArgumentsOfUnitsAndOfTheirEnvironmentFiles(String unit, String file)
      throws IOException {
    String start = all("(?m)^ExecStart=" + PROGRAM + " (.*)", read(unit)).getFirst();
    List<String> given = all("(?m)^(?:# )?STREAMGAUGE_ARGS=(.*)", read(file));

    assertThat(given).hasSize(2);
    for (String arguments : given) {
      String[] words =
          start.replace("$STREAMGAUGE_ARGS", arguments).replaceAll("%[iS]", "x").strip().split(" ");
      assertThatCode(() -> Streamgauge.commandLine(words).parseArgs(words))
          .as(String.join(" ", words))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void systemdFindsNothingWrong() throws Exception {
    assumeTrue(systemd(), "no systemd-analyze here, so the units are not verified");

    assertThat(
            analyze(
                "verify",
                laid("streamgauge-controller.service"),
                laid("streamgauge-agent@.service")))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "streamgauge-controller.service",
        "streamgauge-agent@.service",
        "streamgauge-agent@.service with streamgauge-agent-engines.conf"
      })
  void exposureIsThreeOfTenAtMost(String unit) throws Exception {
    assumeTrue(systemd(), "no systemd-analyze here, so the units are not judged");

    assertThat(
            analyze("security", "--offline=true", "--threshold=30", laid(unit.split(" with ", -1))))
        .contains("Overall exposure level");
  }

  /** Units in a folder of their own, with a program that is there; drop-ins become part of them. */
  private String laid(String... files) throws IOException {
    StringBuilder text = new StringBuilder(read(files[0]).replace(PROGRAM, "/bin/true"));
    for (int i = 1; i < files.length; i++) {
      text.append('\n').append(read(files[i]));
    }
    return Files.writeString(folder.resolve(files[0]), text).toString();
  }

  private static String read(String file) throws IOException {
    return Files.readString(UNITS.resolve(file));
  }

  private static List<String> all(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(UnitsTest::group).toList();
  }

  private static String group(MatchResult found) {
    return found.group(1);
  }

  private static boolean systemd() {
    return Files.isExecutable(Path.of("/usr/bin/systemd-analyze"));
  }

  private static String analyze(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("systemd-analyze", "--no-pager"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
