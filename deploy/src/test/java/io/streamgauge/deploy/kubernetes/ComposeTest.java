package io.streamgauge.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.deploy.Streamgauge;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.ParseResult;

/** The containers of the compose file are told what the program takes. */
class ComposeTest {
  private static final Path CONTAINER = Path.of("container");
  private static final Pattern COMMAND = Pattern.compile("(?m)^    command: (.+)$");

  @Test
  void itsCommandsAreTheProgramsAndTheHealthCheckKnowsThem() {
    String health = Manifests.text(CONTAINER.resolve("health"));
    List<ParseResult> parsed =
        COMMAND
            .matcher(Manifests.text(CONTAINER.resolve("compose.yaml")))
            .results()
            .map(found -> found.group(1).split(" "))
            .map(words -> Streamgauge.commandLine(words).parseArgs(words).subcommand())
            .toList();

    assertThat(parsed)
        .extracting(each -> each.commandSpec().name())
        .containsExactly("controller", "agent", "agent", "simulate")
        .allSatisfy(name -> assertThat(health).contains("    " + name + ")"));
  }
}
