import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks or applies google-java-format over every Java source: {@code Format.java check|apply
 * ROOT}.
 */
final class Format {
  public static void main(String... args) throws Exception {
    boolean apply = args[0].equals("apply");
    List<String> call =
        new ArrayList<>(
            apply ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
    call.addAll(sources(Path.of(args[1])));
    if (!apply) {
      System.out.println(
          "checking the format of "
              + (call.size() - 2)
              + " files (mend: mvn -pl config validate -Dformat=apply)");
    }
    Main.main(call.toArray(String[]::new));
  }

  private static List<String> sources(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !root.relativize(file).toString().contains("target"))
          .map(Path::toString)
          .sorted()
          .toList();
    }
  }

  private Format() {}
}
