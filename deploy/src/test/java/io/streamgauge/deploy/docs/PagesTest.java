package io.streamgauge.deploy.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.controller.report.RequestsCsv;
import io.streamgauge.controller.report.SummaryCsv;
import io.streamgauge.controller.result.ExitCode;
import io.streamgauge.deploy.Streamgauge;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a reader can follow on a page leads somewhere: links, headings, commands, columns. */
class PagesTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern COMMAND = Pattern.compile("(?m)^\\$ \\./streamgauge( [^#>\n]*)?");

  static Stream<Page> pages() throws IOException {
    return Page.all().stream();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyRelativeLinkLeadsToAFileAndAHeadingThatAreThere(Page page) {
    Matcher links = LINK.matcher(page.text());
    while (links.find()) {
      String link = links.group(1);
      if (link.matches("[a-z]+:.*")) {
        continue;
      }
      String[] parts = link.split("#", 2);
      Path target =
          parts[0].isEmpty() ? page.path() : page.path().resolveSibling(parts[0]).normalize();
      assertThat(target).as("%s links to %s", page.name(), link).exists();
      if (parts.length == 2) {
        assertThat(headings(Page.read(Page.ROOT.relativize(target).toString())))
            .as("%s links to %s", page.name(), link)
            .contains(parts[1]);
      }
    }
  }

  /** The anchors that a forge makes of headings. */
  private static Stream<String> headings(Page page) {
    return HEADING
        .matcher(page.text())
        .results()
        .map(
            heading ->
                heading
                    .group(1)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-'));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyCommandIsOneThatTheToolTakes(Page page) {
    Matcher commands = COMMAND.matcher(page.text());
    while (commands.find()) {
      String[] arguments = String.valueOf(commands.group(1)).strip().split("\\s+");
      Streamgauge.commandLine().parseArgs(arguments);
    }
  }

  @Test
  void everyPageIsReachedFromTheReadme() throws IOException {
    String readme = Page.read("README.md").text();

    assertThat(Page.all().stream().map(Page::name).filter(name -> name.startsWith("docs/")))
        .allSatisfy(name -> assertThat(readme).contains("(%s)".formatted(name)));
  }

  @Test
  void everyRoomThatTheArchitectureNamesIsThere() {
    Pattern room = Pattern.compile("`((common|agent|controller|deploy)/[a-z/]+)`");

    assertThat(room.matcher(Page.read("docs/explain/architecture.md").text()).results())
        .isNotEmpty()
        .map(named -> Path.of(named.group(2), "src/main/java/io/streamgauge", named.group(1)))
        .allSatisfy(folder -> assertThat(Page.ROOT.resolve(folder)).isDirectory());
  }

  @Test
  void everyExitCodeIsExplained() throws IllegalAccessException {
    String page = Page.read("docs/reference/run.md").text();

    for (Field code : ExitCode.class.getFields()) {
      assertThat(page).contains("\n| %d | ".formatted(code.getInt(null)));
    }
  }

  @Test
  void everyColumnOfTheCsvFilesIsExplained() {
    String page = Page.read("docs/reference/results.md").text();

    for (String column : (RequestsCsv.HEADER + "," + SummaryCsv.HEADER).split(",")) {
      assertThat(page).contains("`" + column + "`");
    }
  }

  @Test
  void everyScriptThatAPageNamesIsThere() throws IOException {
    for (Page page : Page.all()) {
      Matcher scripts = Pattern.compile("(?m)^\\$ ((?:deploy|bench)/\\S+)").matcher(page.text());
      while (scripts.find()) {
        assertThat(Files.isExecutable(Page.ROOT.resolve(scripts.group(1))))
            .as("%s calls %s", page.name(), scripts.group(1))
            .isTrue();
      }
    }
  }
}
