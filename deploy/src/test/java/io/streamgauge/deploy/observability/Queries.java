package io.streamgauge.deploy.observability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the files for Prometheus and Grafana ask for. */
public final class Queries {
  public static final Path FOLDER = Path.of("observability").toAbsolutePath();

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Pattern STRING = Pattern.compile("\"[^\"]*\"");
  private static final Pattern RANGE = Pattern.compile("\\[[^\\]]*\\]");
  private static final Pattern GROUPING =
      Pattern.compile("\\b(by|on|without|ignoring)\\s*\\(([^)]*)\\)");
  private static final Pattern SELECTED = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{([^}]*)\\})?");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");

  /** A metric of which a query selects by these labels. */
  public record Asked(String metric, Set<String> labels) {}

  /** The queries of the dashboard, with values in place of its variables. */
  static List<String> ofTheDashboard() {
    JsonNode dashboard = read("grafana-dashboard.json");
    Stream<String> variables =
        dashboard.at("/templating/list").findValuesAsText("definition").stream()
            .map(definition -> definition.replaceAll("label_values\\((.*), \\w+\\)", "$1"));
    return Stream.concat(dashboard.findValuesAsText("expr").stream(), variables)
        .map(query -> query.replace("$__rate_interval", "1m"))
        .toList();
  }

  static List<String> ofTheAlerts() {
    return read("alerts.yml").findValuesAsText("expr");
  }

  /** All that is asked of the program; {@code up} is Prometheus' own. */
  public static Set<Asked> all() {
    return Stream.concat(ofTheDashboard().stream(), ofTheAlerts().stream())
        .flatMap(query -> asked(query).stream())
        .filter(asked -> !asked.metric().equals("up"))
        .collect(Collectors.toSet());
  }

  /** What one query selects, of PromQL as those files have it. */
  static List<Asked> asked(String query) {
    String bare =
        GROUPING
            .matcher(RANGE.matcher(STRING.matcher(query).replaceAll("")).replaceAll(""))
            .replaceAll("");
    return SELECTED
        .matcher(bare)
        .results()
        .filter(found -> !WORDS.contains(found.group(1)))
        .filter(found -> !bare.substring(found.end()).stripLeading().startsWith("("))
        .map(Queries::asked)
        .toList();
  }

  private static Asked asked(MatchResult found) {
    Set<String> labels = new TreeSet<>();
    if (found.group(2) != null) {
      for (String matcher : found.group(2).split(",")) {
        labels.add(matcher.replaceAll("[=!~]+$", "").strip());
      }
    }
    labels.removeAll(Set.of("instance", "job")); // which Prometheus adds
    return new Asked(found.group(1), labels);
  }

  /** Whether a page in Prometheus' text format has a sample of that metric with those labels. */
  public static boolean serves(String page, Asked asked) {
    return page.lines()
        .filter(line -> line.matches(Pattern.quote(asked.metric()) + "[{ ].*"))
        .anyMatch(line -> asked.labels().stream().allMatch(label -> line.contains(label + "=\"")));
  }

  static JsonNode read(String file) {
    try {
      return YAML.readTree(FOLDER.resolve(file).toFile()); // JSON is YAML
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Queries() {}
}
