package io.streamgauge.deploy.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation. Its generated parts lie between two comments that a reader does not
 * see: {@code <!-- generated: NAME -->} and {@code <!-- end -->}.
 */
record Page(Path path, String text) {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern PART =
      Pattern.compile("(<!-- generated: (\\w+) -->\n).*?(<!-- end -->)", Pattern.DOTALL);

  static Page read(String path) {
    Path file = ROOT.resolve(path);
    try {
      return new Page(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The pages at the top and everything below docs. */
  static List<Page> all() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"),
              files
                  .filter(file -> file.toString().endsWith(".md"))
                  .sorted()
                  .map(file -> ROOT.relativize(file).toString()))
          .map(Page::read)
          .toList();
    }
  }

  /** The names of the parts that it has room for. */
  List<String> parts() {
    return PART.matcher(text).results().map(part -> part.group(2)).toList();
  }

  /** The same page with the generated part {@code name} as {@code generated}. */
  Page with(String name, String generated) {
    return new Page(
        path,
        PART.matcher(text)
            .replaceAll(
                part ->
                    Matcher.quoteReplacement(
                        part.group(2).equals(name)
                            ? part.group(1) + "\n" + generated.strip() + "\n\n" + part.group(3)
                            : part.group())));
  }

  void write() throws IOException {
    Files.writeString(path, text);
  }

  String name() {
    return ROOT.relativize(path).toString();
  }

  @Override
  public String toString() {
    return name();
  }
}
