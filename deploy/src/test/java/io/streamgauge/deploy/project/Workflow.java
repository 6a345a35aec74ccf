package io.streamgauge.deploy.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A file of the forge's automation. */
record Workflow(String name, JsonNode content) {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder()
              .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .disable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
              .build());

  /** A command of a step, its words as a shell would have them. */
  record Command(List<String> words) {}

  static List<Workflow> all() {
    return below(".github/workflows");
  }

  static List<Workflow> below(String folder) {
    try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
      return files.sorted().map(Workflow::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Workflow read(Path file) {
    try {
      return new Workflow(String.valueOf(file.getFileName()), YAML.readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " is no YAML", e);
    }
  }

  /** What its steps run, a command a line. */
  List<Command> commands() {
    List<Command> all = new ArrayList<>();
    for (JsonNode script : content.findValues("run")) {
      script
          .textValue()
          .replace("\\\n", " ")
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(line -> new Command(words(line)))
          .forEach(all::add);
    }
    return all;
  }

  @Override
  public String toString() {
    return name;
  }

  /** Behind what gives a command another user, other variables or another folder. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>(List.of(line.split("\\s+")));
    while (List.of("sudo", "-E", "env").contains(words.getFirst())
        || words.getFirst().matches("\"?[A-Z_0-9]+=.*")) {
      words.removeFirst();
    }
    return words;
  }
}
