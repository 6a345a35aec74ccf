package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.deploy.browser.Browser;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live page of a run in one process, in a browser and with a stand-in for NVML. */
class RunPageTest {
  @TempDir private Path folder;

  @Test
  void itShowsAndCancelsTheRunAndTakesNoPlans() {
    try (Browser page = Browser.open(folder)) {
      WebRun run =
          WebRun.start(
              folder.resolve("out"),
              "--duration",
              "10m",
              "--gpu-interval",
              "500ms",
              "--nvml",
              NvmlLibrary.in(folder, "events 0 4").toString());
      page.go(run.url());
      page.until("Number(document.querySelector('#now-flight')?.innerText) > 0");

      assertThat(page.text("#head")).contains("level c20, 1 of 1; sim");
      assertThat(page.text("#about")).contains("a run in one process");
      assertThat(page.eval("document.querySelector('#plan').hidden").asBoolean()).isTrue();
      assertThat(
              page.eval(
                      "fetch('/api/v1/runs', {method: 'POST', headers: {...permitted(),"
                          + " 'Content-Type': 'application/yaml'}, body: 'x'})"
                          + ".then(answer => answer.status)")
                  .asInt())
          .isEqualTo(405);
      isOfNobodyWithoutItsAddress(page);
      showsTheEngineTheGpusAndAFindingBeforeTheLevelIsOver(page);
      page.click("#cancel");
      page.click("#cancel-now");
      page.until("document.querySelector('#run .verdict')?.innerText.startsWith('cancelled')");
      page.until("document.querySelectorAll('#results tbody tr').length === 1");
      assertThat(run.awaitEnd()).isEqualTo(130);
      assertThat(page.errors()).isEmpty();
    }
  }

  private static void showsTheEngineTheGpusAndAFindingBeforeTheLevelIsOver(Browser page) {
    page.until("document.querySelector('#agents').innerText.includes('serving')");
    assertThat(page.text("#agents")).contains("NVIDIA RTX 4090", "sim", "http://127.0.0.1:");
    page.until("document.querySelector('#live-findings').innerText.includes('gpu_throttled')");
    assertThat(page.text("#live-findings"))
        .contains("info: gpu_throttled in level c20, so far: GPU 0 of agent agent-1");
    page.until("panel.course.boards.at.length > 2");
    assertThat(
            page.eval(
                """
                GPU_QUANTITIES.map(({key}) => drawn.find(one => one.figure === panel.charts[key].figure))
                  .map(({columns}) => columns.length)
                """))
        .as("a line a board in each chart, beside the time")
        .hasSize(4)
        .allMatch(columns -> columns.intValue() == 3);
    assertThat(
            page.eval("panel.course.boards['power_w of GPU 0, agent-1'].every(w => w === 300)")
                .asBoolean())
        .isTrue();
  }

  private static void isOfNobodyWithoutItsAddress(Browser page) {
    assertThat(
            page.eval(
                "Promise.all([['/api/v1/results'], ['/api/v1/runs'], ['/api/v1/runs/' +"
                    + " panel.run.id, {method: 'DELETE'}]].map(one => fetch(...one).then(answer =>"
                    + " answer.status)))"))
        .as("to another user of the host")
        .hasSize(3)
        .allMatch(status -> status.intValue() == 401);
    assertThat(page.eval("location.href").asText())
        .as("what a glance at the address bar shows")
        .doesNotContain("token");
    assertThat(page.eval("document.querySelector('#login').checkVisibility()").asBoolean())
        .isFalse();
  }
}
