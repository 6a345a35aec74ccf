package io.streamgauge.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher with a JDK that starts something else, and with a Maven that only says what it is
 * asked.
 */
class LauncherTest {
  private static final String SHOW =
      """
      void main(String[] args) throws Exception {
        System.out.write(args[0].getBytes("UTF-8"));
        System.out.write(java.nio.file.Files.readAllBytes(java.nio.file.Path.of(args[0])));
        System.out.flush();
      }
      """;

  @TempDir private Path directory;

  /** A locale that is not UTF-8, one that is not there, and none. */
  @ParameterizedTest
  @ValueSource(strings = {"POSIX", "xx_YY.UTF-8", ""})
  void argumentsAndNamesOfFilesAreUtf8WhateverTheLocale(String locale) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path show = Files.writeString(directory.resolve("Show.java"), SHOW);
    executable(
        "jdk/bin/java",
        "#!/bin/sh\nfor last; do :; done\nexec %s %s \"$last\"\n".formatted(java, show));
    file("jdk/release", "JAVA_VERSION=\"25\"\n");
    file("deploy/target/streamgauge.jar", "");
    layOutLauncher();
    Shell.run("cd '%s' && printf found > 'modèle 模型'".formatted(directory));

    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", "./streamgauge dataset show 'modèle 模型'");
    builder.directory(directory.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
    builder.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
    if (!locale.isEmpty()) {
      builder.environment().put("LC_ALL", locale);
    }
    Process process = builder.start();

    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
        .isEqualTo("modèle 模型found");
    assertThat(process.waitFor()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"63m", "0", "abc", "1.5g", "-1g", "1g1g", "99999999999999999999g", "1g;ls"})
  void aHeapThatIsNoneIsToldInWordsBeforeAnythingStarts(String heap)
      throws IOException, InterruptedException {
    ProcessBuilder launcher =
        new ProcessBuilder(Path.of("..", "streamgauge").toString(), "--version")
            .redirectErrorStream(true);
    launcher.environment().put("STREAMGAUGE_HEAP", heap);
    Process process = launcher.start();

    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
        .isEqualTo(
            "streamgauge: STREAMGAUGE_HEAP: %s is not valid, expected a size from 64m to 1024g such"
                    .formatted(heap)
                + " as 512m or 2g\n");
    assertThat(process.waitFor()).isEqualTo(2);
  }

  @Test
  void theFirstRunBuildsTheJarAloneKeepsWhatMavenSaysAndTheNextOneBuildsNothing() throws Exception {
    layOut("echo \"[INFO] asked for: $*\"; touch deploy/target/streamgauge.jar");

    assertThat(launch()).isEqualTo(0);
    Path log = directory.resolve("deploy/target/build.log");
    assertThat(log).hasContent("[INFO] asked for: -B -ntp -Pjar -pl deploy -am package");
    assertThat(Files.readString(directory.resolve("err")))
        .contains("building (once;", "log: " + log, "built in ");

    assertThat(launch()).isEqualTo(0);
    assertThat(Files.readString(directory.resolve("err"))).isEmpty();
  }

  /** The shell takes the last one without a word, and the first one is lost. */
  @Test
  void noFunctionOfTheLauncherIsThereTwice() throws IOException {
    List<String> names =
        Pattern.compile("(?m)^([a-z_]+)\\(\\) \\{")
            .matcher(
                Files.readString(Path.of("..", "streamgauge"))
                    + Files.readString(Path.of("launcher", "jvm.sh"))
                    + Files.readString(Path.of("launcher", "find-java.sh")))
            .results()
            .map(found -> found.group(1))
            .toList();

    assertThat(names).contains("build", "train").doesNotHaveDuplicates();
  }

  @Test
  void aBuildThatFailsIsToldByItsErrorsAndStartsNothing() throws Exception {
    layOut("echo '[INFO] so far'; echo '[ERROR] no such class'; exit 1");

    assertThat(launch()).isEqualTo(2);
    assertThat(Files.readString(directory.resolve("err")))
        .endsWith("streamgauge: the build failed:\n[ERROR] no such class\n");
  }

  private void layOutLauncher() throws IOException {
    executable("streamgauge", Files.readString(Path.of("..", "streamgauge")));
    for (String part : new String[] {"jvm.sh", "find-java.sh"}) {
      file("deploy/launcher/" + part, Files.readString(Path.of("launcher", part)));
    }
  }

  /** A clone of sources, a JDK that does nothing, and a Maven. */
  private void layOut(String maven) throws IOException {
    layOutLauncher();
    executable("jdk/bin/java", "#!/bin/sh\n");
    executable("jdk/bin/javac", "#!/bin/sh\n");
    file("jdk/release", "JAVA_VERSION=\"25\"\n");
    executable("path/mvn", "#!/bin/sh\n" + maven + "\n");
    for (String module : new String[] {"common", "agent", "controller", "deploy"}) {
      file(module + "/pom.xml", "");
      file(module + "/src/main/Source.java", "");
    }
    file("pom.xml", "");
  }

  private int launch() throws IOException, InterruptedException {
    ProcessBuilder launcher =
        new ProcessBuilder("./streamgauge", "dataset", "show")
            .directory(directory.toFile())
            .redirectError(directory.resolve("err").toFile());
    launcher.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
    launcher.environment().compute("PATH", (_, path) -> directory.resolve("path") + ":" + path);
    return launcher.start().waitFor();
  }

  private void executable(String name, String text) throws IOException {
    Files.setPosixFilePermissions(file(name, text), PosixFilePermissions.fromString("rwx------"));
  }

  private Path file(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
