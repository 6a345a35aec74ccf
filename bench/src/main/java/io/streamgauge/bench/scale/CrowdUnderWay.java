package io.streamgauge.bench.scale;

import io.streamgauge.bench.BenchException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The process of simulated agents, ended with this. */
final class CrowdUnderWay implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;

  private CrowdUnderWay(Process process) {
    this.process = process;
    this.out = process.inputReader();
  }

  static CrowdUnderWay start(Crowd crowd, int controllerPort, Path folder) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx3g",
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            System.getProperty("java.class.path"),
            CrowdProcess.class.getName(),
            String.valueOf(controllerPort),
            String.valueOf(crowd.agents()),
            String.valueOf(crowd.perSecond()),
            String.valueOf(crowd.seconds()));
    return new CrowdUnderWay(
        new ProcessBuilder(command).redirectError(folder.resolve("crowd.log").toFile()).start());
  }

  /** Waits for the line that begins with {@code word}, and returns it. */
  String await(String word) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(word)) {
        return line;
      }
    }
    throw new BenchException("the simulated agents ended before they were " + word);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
