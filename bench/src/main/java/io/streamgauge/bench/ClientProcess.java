package io.streamgauge.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A client that has ended, and what it took. Only one runs at a time, so the CPU time of all ended
 * children grows by this one's.
 *
 * @param startedNanos {@code System.nanoTime()} just before it was started
 * @param cpuSeconds of the whole process and its children
 * @param peakMebibytes the most memory it held, read every few milliseconds
 */
record ClientProcess(
    long startedNanos, int exitCode, double cpuSeconds, double peakMebibytes, Path out, Path err) {
  private static final long LOOK_AGAIN_MILLIS = 20;
  private static final long LONGEST_SECONDS = 300;

  static ClientProcess run(List<String> command, Path folder)
      throws IOException, InterruptedException {
    Path out = folder.resolve("client.out");
    Path err = folder.resolve("client.err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    double before = ProcFile.endedChildrenCpuSeconds();
    long started = System.nanoTime();
    Process process = builder.start();
    long peakKibibytes = 0;
    while (!process.waitFor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
      peakKibibytes = Math.max(peakKibibytes, ProcFile.peakKibibytes(process.pid()).orElse(0));
      if (System.nanoTime() - started > TimeUnit.SECONDS.toNanos(LONGEST_SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new BenchException(
            "no end within " + LONGEST_SECONDS + " s: " + String.join(" ", command));
      }
    }
    return new ClientProcess(
        started,
        process.exitValue(),
        ProcFile.endedChildrenCpuSeconds() - before,
        peakKibibytes / 1024.0,
        out,
        err);
  }

  double startUpSeconds(ServerLog log) {
    return (log.firstReceived() - startedNanos) / 1e9;
  }
}
