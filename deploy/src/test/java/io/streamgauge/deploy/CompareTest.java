package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.json.Json;
import io.streamgauge.deploy.browser.Axe;
import io.streamgauge.deploy.browser.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Compares logs of real runs, with requests whose times are known. */
class CompareTest {
  private static final Path GOLDEN = Path.of("../controller/src/test/resources/golden");

  @TempDir private static Path folder;

  @BeforeAll
  static void measure() {
    new VirtualLog(10).write(side("base"), 4, 1);
    new VirtualLog(10).write(side("same"), 4, 2);
    new VirtualLog(10.7).write(side("slow"), 4, 3);
  }

  private static Cli compare(Object... arguments) {
    return Cli.run(
        Stream.concat(Stream.of("compare"), Arrays.stream(arguments).map(Object::toString))
            .toArray(String[]::new));
  }

  private static Path side(String name) {
    return folder.resolve(name);
  }

  @Test
  void runsWhoseGapsAreSevenPercentLongerFailTheGate() {
    Cli cli = compare(side("base"), side("slow"), "--metric=itl_mean", "--fail-if=itl_mean>5%");

    assertThat(cli.exitCode()).as(cli.out() + cli.err()).isEqualTo(3);
    assertThat(cli.out())
        .contains("slow (4 runs)", "itl_mean *", "worse", "gate itl_mean>5%: failed (+");
  }

  @Test
  void equalRunsPassIt() {
    Cli cli = compare(side("base"), side("same"), "--metric=itl_mean", "--fail-if=itl_mean>5%");

    assertThat(cli.exitCode()).as(cli.out() + cli.err()).isZero();
    assertThat(cli.out()).contains("gate itl_mean>5%: passed");
  }

  @Test
  void aVoidRunIsRefusedAndComparedOnlyByForce() {
    Path run = GOLDEN.resolve("errors.run.gz");
    Cli refused = compare(run, run);
    Cli forced = compare(run, run, "--force");

    assertThat(refused.exitCode()).as(refused.out()).isEqualTo(4);
    assertThat(refused.out())
        .containsPattern("not comparable: errors.run.gz: level \\w+ is void: ")
        .doesNotContain("\nLevel ");
    assertThat(forced.exitCode()).as(forced.out()).isZero();
    assertThat(forced.out()).contains("is void: ", "\nLevel ");
  }

  @Test
  void whatTheSamplesDoNotHoldPassesNoGate() {
    Cli cli = compare(side("base"), side("same"), "--fail-if=ttft_p99>5%");

    assertThat(cli.exitCode()).isEqualTo(4);
    assertThat(cli.out())
        .contains(
            "gate ttft_p99>5%: unknown (needs 662 requests a run, there are 96; ttft_p90 stands in"
                + " for it)");
  }

  @Test
  void singleRunsGetNoVerdict() throws IOException {
    Cli cli = compare(only("base"), only("same"), "--metric=itl_mean", "--json");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    JsonNode rows = Json.MAPPER.readTree(cli.out()).at("/pairs/0/levels/0/rows");
    assertThat(rows.findValuesAsText("verdict"))
        .hasSizeGreaterThan(6)
        .allMatch("undecided"::equals);
    assertThat(rows.findValuesAsText("basis")).allMatch("within_runs"::equals);
    assertThat(rows.findValuesAsText("reason"))
        .containsOnly(
            "needs 662 requests a run, there are 96",
            "no interval within single runs: the log does not keep it by request");
  }

  @Test
  void singleRunsStillGateByWhatHappenedWithinThem() throws IOException {
    Cli worse = compare(only("base"), only("slow"), "--fail-if=itl_mean>3%");
    Cli equal = compare(only("base"), only("same"), "--fail-if=itl_mean>3%");

    assertThat(worse.exitCode()).as(worse.out()).isEqualTo(3);
    assertThat(worse.out()).contains("within these two runs only", "cannot be known");
    assertThat(equal.exitCode()).as(equal.out()).isZero();
  }

  private static Path only(String side) throws IOException {
    try (Stream<Path> files = Files.list(side(side))) {
      return files.filter(file -> file.toString().endsWith(".run.gz")).sorted().findFirst().get();
    }
  }

  @Test
  void whatIsNotTheSameWorkIsRefusedWithEveryReason() {
    new VirtualLog(10, 40, 5, 60, "sha256:fedcba9876543210").write(side("other"), 2, 4);

    Cli cli = compare(side("base"), side("other"));
    Cli engines = compare(side("base"), GOLDEN.resolve("errors.run.gz"));

    assertThat(cli.exitCode()).isEqualTo(4);
    assertThat(cli.out().lines().filter(line -> line.startsWith("not comparable: ")))
        .containsExactly(
            "not comparable: workload of c20: 0123456789ab in base, fedcba987654 in new",
            "not comparable: tokenizer of c20: the same 18 prompts are 1053 tokens in base, 1233 in"
                + " new",
            "not comparable: output lengths of c20: mean 25.0 tokens in base, 40.0 in new, distance"
                + " of their distributions 1.00",
            "not comparable: error rate of c20: 0 % in base, 5.2 % in new");
    assertThat(engines.out())
        .contains(
            "not comparable: model: simulated in base, m in new",
            "not comparable: levels: [c20] in base, [c2] in new, none on both sides");
  }

  @Test
  void severalSidesAreComparedOneByOneAndGlobsAreRead() throws IOException {
    Cli cli = compare(side("base") + "/*.run.gz", side("same"), folder + "/slo?", "--json");

    JsonNode pairs = Json.MAPPER.readTree(cli.out()).get("pairs");
    assertThat(pairs.findValuesAsText("base_runs")).containsExactly("4", "4");
    assertThat(pairs.findValuesAsText("new_runs")).containsExactly("4", "4");
  }

  @Test
  void itsJunitFileHoldsTheGates() throws Exception {
    Path junit = folder.resolve("gates.xml");
    compare(
        side("base"),
        side("slow"),
        "--fail-if=itl_mean>5%",
        "--fail-if=itl_mean>90%",
        "--fail-if=ttft_p99>5%",
        "--junit=" + junit);

    Element suite =
        (Element)
            DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(junit.toFile())
                .getElementsByTagName("testsuite")
                .item(0);
    NodeList cases = suite.getElementsByTagName("testcase");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getAttribute("errors")).isEqualTo("1");
    assertThat(suite.getAttribute("tests")).isEqualTo(Integer.toString(cases.getLength()));
    assertThat(List.of(inside(cases, 0), inside(cases, 1), inside(cases, 2)))
        .containsExactly("failure", "", "error");
    assertThat(((Element) cases.item(3)).getAttribute("name"))
        .as("the same whatever the verdict, so that a CI knows the test again")
        .isEqualTo("system_tps");
  }

  private static String inside(NodeList cases, int i) {
    return cases.item(i).getFirstChild() == null ? "" : cases.item(i).getFirstChild().getNodeName();
  }

  @Test
  void itsPageShowsTheRatiosWithTheirIntervalsAndBothSidesPercentiles() {
    Path page = folder.resolve("comparison.html");
    Cli cli = compare(side("base"), side("slow"), "--html=" + page, "--metric=itl_mean", "--json");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    try (Browser browser = Browser.open(folder)) {
      browser.look(1_280, 4_000, false);
      browser.go(page.toUri().toString());
      browser.until("document.querySelectorAll('figure canvas').length > 0");
      assertThat(browser.text(".verdict")).startsWith("c20: itl_mean worse (+");
      assertThat(browser.eval("document.querySelectorAll('.forest').length").intValue())
          .isEqualTo(occurrences(cli.out(), "\"low\""));
      assertThat(browser.eval("document.querySelectorAll('.forest.bad').length").intValue())
          .isEqualTo(occurrences(cli.out(), "\"worse\""))
          .isPositive();
      assertThat(Axe.seriousIn(browser)).isEmpty();
      assertThat(browser.errors()).isEmpty();
    }
  }

  private static int occurrences(String text, String part) {
    return text.split(part, -1).length - 1;
  }

  @Test
  void itsMarkdownIsATableForEachLevel() throws IOException {
    Path markdown = folder.resolve("comment.md");
    Cli cli = compare(side("base"), side("slow"), "--markdown=" + markdown, "--metric=itl_mean");

    Node page =
        Parser.builder()
            .extensions(List.of(TablesExtension.create()))
            .build()
            .parse(Files.readString(markdown));
    List<List<String>> rows = new ArrayList<>();
    List<String> headings = new ArrayList<>();
    page.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Heading heading) {
            headings.add(text(heading));
          }

          @Override
          public void visit(CustomNode node) {
            if (node instanceof TableRow) {
              rows.add(new ArrayList<>());
            } else if (node instanceof TableCell) {
              rows.getLast().add(text(node));
            }
            visitChildren(node);
          }
        });
    assertThat(headings).hasSize(2).last().isEqualTo("Level c20");
    assertThat(rows.getFirst()).contains("metric", "95 % interval", "verdict");
    assertThat(rows).allSatisfy(row -> assertThat(row).hasSize(7));
    assertThat(rows.get(1)).startsWith("itl_mean").endsWith("worse");
    assertThat(cli.out()).contains(rows.get(1).get(4));
    assertThat(page.getLastChild()).isNotInstanceOf(TableBlock.class);
  }

  private static String text(Node node) {
    StringBuilder text = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text part) {
            text.append(part.getLiteral());
          }
        });
    return text.toString();
  }

  @Test
  void wrongUsageNamesWhatIsExpected() {
    assertThat(compare(side("base")).exitCode()).isEqualTo(2);
    assertThat(compare(side("base"), folder.resolve("gone")).err())
        .contains("gone is not valid, expected a run log (*.run.gz) or a directory");
    assertThat(compare(side("base"), side("same"), "--margin=2").err())
        .contains("margin: 2 is not valid, expected a share");
  }
}
