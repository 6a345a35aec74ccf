package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.deploy.browser.Browser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live page of a run in one process, in a browser where there is one. */
class RunPageTest {
  private static final Pattern TOLD =
      Pattern.compile("the live page of this run is at (http://127\\.0\\.0\\.1:\\d+)");

  @TempDir private Path folder;

  @Test
  void itShowsAndCancelsTheRunAndTakesNoPlans() throws Exception {
    try (Browser page = Browser.open(folder)) {
      StringWriter err = new StringWriter();
      String[] line = {
        "run", "--web", "--quiet", "--duration", "10m", "--output", folder.resolve("out").toString()
      };
      CompletableFuture<Integer> code =
          CompletableFuture.supplyAsync(
              () ->
                  Streamgauge.commandLine(line)
                      .setOut(new PrintWriter(new StringWriter()))
                      .setErr(new PrintWriter(err, true))
                      .execute(line));
      page.go(url(err, code));
      page.until("Number(document.querySelector('#now-flight')?.innerText) > 0");

      assertThat(page.text("#head")).contains("level c20, 1 of 1; sim");
      assertThat(page.text("#about")).contains("a run in one process");
      assertThat(page.eval("document.querySelector('#plan').hidden").asBoolean()).isTrue();
      assertThat(
              page.eval(
                      "fetch('/api/v1/runs', {method: 'POST', headers: {'Content-Type':"
                          + " 'application/yaml'}, body: 'x'}).then(answer => answer.status)")
                  .asInt())
          .isEqualTo(405);
      page.click("#cancel");
      page.click("#cancel-now");
      page.until("document.querySelector('#run .verdict')?.innerText.startsWith('cancelled')");
      page.until("document.querySelectorAll('#results tbody tr').length === 1");
      assertThat(code.get(60, TimeUnit.SECONDS)).isEqualTo(130);
      assertThat(page.errors()).isEmpty();
    }
  }

  /** The address, once it is told. */
  private static String url(StringWriter err, CompletableFuture<Integer> code) {
    while (!code.isDone()) {
      Matcher told = TOLD.matcher(err.toString());
      if (told.find()) {
        return told.group(1);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    throw new AssertionError("it ended: " + err);
  }
}
