package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.controller.api.About;
import io.streamgauge.controller.api.ApiOptions;
import io.streamgauge.controller.api.HttpApi;
import io.streamgauge.controller.book.RunBook;
import io.streamgauge.deploy.browser.Browser;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the scripts of the live page make of what they are told, in a browser where there is one.
 */
class LivePageScriptsTest {
  @TempDir private Path folder;

  @Test
  void theyKeepTheCourseOfARunAndOutliveWhatFails() {
    Vertx vertx = Vertx.vertx();
    try (Browser page = Browser.open(folder)) {
      HttpApi api =
          new HttpApi(
              new RunBook(),
              List::of,
              new ApiOptions(
                  new HttpServerOptions().setHost("127.0.0.1").setPort(0),
                  Optional.empty(),
                  folder,
                  Optional.empty(),
                  About.of("test", "127.0.0.1:5701", false, Optional.empty(), false)));
      vertx.deployVerticle(api).await();
      page.go("http://127.0.0.1:" + api.port());
      page.until("document.querySelector('#results').innerText.includes('Nothing')");

      aRepeatOfALevelComesBehindIt(page);
      boardsAreThinnedLikeEverythingElse(page);
      aChartOfMoreLinesTakesThePlaceOfTheOneBefore(page);
      progressIsOfTheRunAndNotOfThePage(page);
      findingsOfSeveralLevelsAreOneWhereTheirNumbersAloneDiffer(page);
      whatALookSaysLeavesStandingWhatOthersSaid(page);
      aLookIsNotBegunWhileAnotherIsOnAndNeedsNoResults(page);
      assertThat(page.errors()).isEmpty();
    } finally {
      vertx.close().await();
    }
  }

  private static void aRepeatOfALevelComesBehindIt(Browser page) {
    assertThat(
            page.eval(
                    """
                    (course => ['1s', '9s', '1s', '1s', '2s'].map(time => course.moment('sim c1', time)))
                    (new Course()).join()
                    """)
                .asText())
        .isEqualTo("1,9,10,10,11");
  }

  private static void boardsAreThinnedLikeEverythingElse(Browser page) {
    page.eval(
        """
        globalThis.long = new Course();
        const board = (gpu, values) => ({agent: 'a', gpu, values});
        for (let i = 1; i <= 5000; i++) long.observed({elapsed: i + 's', stage: {backend: 'b', level: 'l'}, engine: {},
          boards: [board(0, {power_w: i}), ...(i > 4000 && i < 4500 ? [board(1, {power_w: -i})] : [])]}); 0
        """);
    assertThat(page.eval("Object.values(long.boards).map(one => one.length)"))
        .as("as long as the times of the boards, and no longer than may be")
        .hasSize(3)
        .allMatch(length -> length.equals(page.eval("long.boards.at.length")))
        .allMatch(length -> length.intValue() <= 2_400);
    assertThat(
            page.eval(
                    """
                    long.boards.at.every((at, i) => long.boards['power_w of GPU 0, a'][i] === at
                      && [null, -at].includes(long.boards['power_w of GPU 1, a'][i]))
                    """)
                .asBoolean())
        .as("each value is at its time")
        .isTrue();
  }

  private static void aChartOfMoreLinesTakesThePlaceOfTheOneBefore(Browser page) {
    page.eval(
        """
        globalThis.shownRun = new RunPanel({id: 'r', name: 'r', state: 'running'}, () => {});
        const of = lines => ({title: 'GPUs', series: Array(lines).fill({label: 'one', stroke: 'one'})});
        shownRun.chart('power_w', of(1), [[1], [1]]);
        shownRun.chart('other', of(1), [[1], [1]]);
        shownRun.chart('power_w', of(2), [[1], [1], [1]]); 0
        """);
    assertThat(
            page.eval(
                    "[...document.querySelectorAll('#charts figure [role=img]')].map(one =>"
                        + " one.ariaLabel).join()")
                .asText())
        .isEqualTo("GPUs: one, one,GPUs: one");
    assertThat(page.eval("drawn.length").asInt()).isEqualTo(2);
  }

  private static void progressIsOfTheRunAndNotOfThePage(Browser page) {
    assertThat(
            page.eval(
                    """
                    shownRun.live = {left: '100s'};
                    shownRun.course.moment('sim c1', '5s');
                    shownRun.know({}, {started_at: new Date(Date.now() - 300000).toISOString()});
                    shownRun.share().toFixed(2)
                    """)
                .asText())
        .isEqualTo("0.75");
  }

  private static void findingsOfSeveralLevelsAreOneWhereTheirNumbersAloneDiffer(Browser page) {
    assertThat(
            page.eval(
                    """
                    const failed = (level, message) => ({code: 'requests_failed', severity: 'warning', level, message});
                    shownRun.take('level', {findings: [failed('c1', '2 of 9: reset'), failed('c1', '1 of 9: html'),
                      {code: 'gpu_lost', severity: 'void', level: 'c1', message: 'GPU 0'}]});
                    shownRun.take('observed', {elapsed: '1s', stage: {backend: 'b', level: 'c2'}, engine: {}, boards: [], agents: [],
                      findings: [failed('c2', '3 of 1,002: reset')]});
                    [...shownRun.found().children].map(one => one.textContent).join('; ')
                    """)
                .asText())
        .isEqualTo(
            "void: gpu_lost in level c1: GPU 0; warning: requests_failed in levels c1, c2, so far:"
                + " 3 of 1,002: reset; warning: requests_failed in level c1: 1 of 9: html");
    page.eval("shownRun.close()");
  }

  private static void whatALookSaysLeavesStandingWhatOthersSaid(Browser page) {
    assertThat(
            page.eval(
                    """
                    ['cannot be cancelled', () => tell(''), () => tell('no answer'), () => tell('')]
                      .map(step => { step.call ? step() : say(step); return place('state').textContent; }).join()
                    """)
                .asText())
        .isEqualTo("cannot be cancelled,cannot be cancelled,no answer,");
  }

  private static void aLookIsNotBegunWhileAnotherIsOnAndNeedsNoResults(Browser page) {
    page.eval(
        """
        globalThis.asked = [];
        globalThis.released = Promise.withResolvers();
        const sent = fetch;
        globalThis.fetch = async (path, options) => {
          asked.push(path);
          await released.promise;
          return path.endsWith('results') ? new Response('{"detail": "no disk"}', {status: 500}) : sent(path, options);
        };
        Promise.resolve(looking).then(() => { asked.length = listing.since = 0; look(); look(); }).then(() => 0)
        """);
    page.until("asked.length > 0");
    assertThat(
            page.eval("look(), look(), asked.filter(path => path.endsWith('agents')).length")
                .asInt())
        .isEqualTo(1);
    page.eval(
        "released.resolve(), document.querySelector('#agents').replaceChildren(), shown.clear()");
    page.until(
        "document.querySelector('#state').innerText === 'The results cannot be listed: no disk'");
    assertThat(page.text("#agents")).contains("No agent is here");
  }
}
