package io.streamgauge.deploy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code run --web} in this process.
 *
 * @param url of its page, with its token
 * @param code how it exits
 */
record WebRun(String url, CompletableFuture<Integer> code) implements AutoCloseable {
  private static final Pattern TOLD =
      Pattern.compile("the live page of this run is at (http://127\\.0\\.0\\.1:\\d+/#token=\\S+)");

  private static final long PATIENCE_SECONDS = 120;

  /** Begins one, and waits until it has told where its page is. */
  static WebRun start(Path output, String... options) {
    StringWriter err = new StringWriter();
    String[] line =
        Stream.concat(
                Stream.of("run", "--web", "--quiet", "--output", output.toString()),
                Stream.of(options))
            .toArray(String[]::new);
    CompletableFuture<Integer> code =
        CompletableFuture.supplyAsync(
            () ->
                Streamgauge.commandLine(line)
                    .setOut(new PrintWriter(new StringWriter()))
                    .setErr(new PrintWriter(err, true))
                    .execute(line));
    while (!code.isDone()) {
      Matcher told = TOLD.matcher(err.toString());
      if (told.find()) {
        return new WebRun(told.group(1), code);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    throw new AssertionError("it ended: " + err);
  }

  int awaitEnd() {
    return code.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    awaitEnd();
  }
}
