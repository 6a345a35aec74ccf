import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Collects what a release owes to those whose code it carries: a list of them with their licences,
 * by the bill of materials, and every text of a licence or notice that their jars hold.
 */
final class ThirdParties {
  private static final Pattern TEXT =
      Pattern.compile("(LICENSE|NOTICE|COPYING|AL2\\.0|LGPL2\\.1)(-\\w+)?(\\.txt|\\.md)?");

  /**
   * By the bill {@code args[0]}, from the jars in {@code args[1]}, into the folder {@code args[2]}.
   */
  public static void main(String... args) throws IOException {
    Path target = Path.of(args[2]);
    TreeSet<String> lines = new TreeSet<>();
    for (JsonNode component :
        new ObjectMapper().readTree(Path.of(args[0]).toFile()).path("components")) {
      if (!component.path("group").asText().startsWith("io.streamgauge")) {
        lines.add(line(component));
      }
    }
    Files.writeString(
        target.resolve("THIRD-PARTIES.md"),
        """
        # Third parties

        Their code is in `lib/streamgauge.jar`, under these licences; where there are several, any of them may be \
        chosen. Texts that came with it are in the folders beside this file, those of the Java runtime in \
        `runtime/legal`.

        | what | version | licence |
        | --- | --- | --- |
        """
            + String.join("\n", lines)
            + "\n");
    for (Path jar : list(Path.of(args[1]))) {
      copyTexts(jar, target.resolve(jar.getFileName().toString().replaceFirst("\\.jar$", "")));
    }
  }

  private static String line(JsonNode component) {
    List<String> licences =
        StreamSupport.stream(component.path("licenses").spliterator(), false)
            .map(ThirdParties::name)
            .toList();
    String what = component.path("group").asText() + ":" + component.path("name").asText();
    if (licences.isEmpty() || licences.contains("")) {
      throw new IllegalStateException(what + " has no licence in the bill of materials");
    }
    return "| %s | %s | %s |"
        .formatted(what, component.path("version").asText(), String.join(", ", licences));
  }

  private static String name(JsonNode licence) {
    return Stream.of(
            licence.at("/license/id"), licence.at("/license/name"), licence.at("/expression"))
        .map(JsonNode::asText)
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static void copyTexts(Path jar, Path folder) throws IOException {
    try (FileSystem files = FileSystems.newFileSystem(jar);
        Stream<Path> all = Files.walk(files.getPath("/"))) {
      for (Path text : all.filter(ThirdParties::isText).toList()) {
        Files.createDirectories(folder);
        Files.write(folder.resolve(text.getFileName().toString()), Files.readAllBytes(text));
      }
    }
  }

  private static boolean isText(Path file) {
    return file.getFileName() != null
        && TEXT.matcher(file.getFileName().toString()).matches()
        && Files.isRegularFile(file);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
