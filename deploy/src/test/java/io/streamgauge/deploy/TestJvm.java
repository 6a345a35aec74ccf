package io.streamgauge.deploy;

import io.streamgauge.common.HostPort;
import io.streamgauge.common.node.Node;
import io.streamgauge.common.node.NodeOptions;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * How tests start processes of this program. A start costs about two seconds of a processor, half
 * of it for loading classes. Where the build names a folder ({@code streamgauge.test.archive}), a
 * first process leaves its classes there in an archive of the JVM (CDS), from which all later ones
 * map them. An archive knows jars only, so folders of the class path become jars first.
 */
final class TestJvm {
  private static final List<String> LIGHT = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
  private static final List<String> STARTED = started();

  /** Java with its class path; the name of a main class and its arguments come next. */
  static List<String> command(String... options) {
    List<String> command = new ArrayList<>(STARTED);
    command.addAll(1, List.of(options));
    return command;
  }

  /** The same as a line for a shell. */
  static String line() {
    return STARTED.stream().map("'%s'"::formatted).reduce((a, b) -> a + " " + b).orElseThrow();
  }

  private static List<String> started() {
    String folder = System.getProperty("streamgauge.test.archive");
    String classPath = System.getProperty("java.class.path");
    if (folder == null) {
      return java(classPath, "-Xshare:auto");
    }
    try {
      Path archives = Files.createDirectories(Path.of(folder));
      String jars = jars(classPath, archives);
      Path archive = archives.resolve("test.jsa");
      List<String> training = java(jars, "-XX:ArchiveClassesAtExit=" + archive);
      training.add(Training.class.getName());
      training.add(archives.toString());
      Process process =
          new ProcessBuilder(training)
              .redirectErrorStream(true)
              .redirectOutput(archives.resolve("training.log").toFile())
              .start();
      if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new AssertionError("no archive: see " + archives.resolve("training.log"));
      }
      // A JVM without an archive of its own classes cannot leave one of ours.
      return Files.exists(archive)
          ? java(jars, "-XX:SharedArchiveFile=" + archive)
          : java(jars, "-Xshare:auto");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> java(String classPath, String archive) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(LIGHT);
    command.addAll(List.of(archive, "-cp", classPath));
    return command;
  }

  private static String jars(String classPath, Path archives) throws IOException {
    List<String> jars = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (!Files.isDirectory(path)) {
        jars.add(entry);
        continue;
      }
      Path jar = archives.resolve(jars.size() + ".jar");
      pack(path, jar);
      jars.add(jar.toString());
    }
    return String.join(File.pathSeparator, jars);
  }

  private static void pack(Path folder, Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream packed = new JarOutputStream(out);
        Stream<Path> files = Files.walk(folder)) {
      packed.setLevel(1);
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        packed.putNextEntry(new JarEntry(folder.relativize(file).toString()));
        Files.copy(file, packed);
      }
    }
  }

  /** Loads what a run and a member of a cluster load. */
  static final class Training {
    public static void main(String[] args) {
      Cli run = Cli.run("run", "--requests", "3", "--output", args[0] + "/results");
      NodeOptions alone = new NodeOptions(new HostPort("127.0.0.1", 0), List.of(), "training");
      Node.clustered(alone).await().close().await();
      System.exit(run.exitCode());
    }

    private Training() {}
  }

  private TestJvm() {}
}
