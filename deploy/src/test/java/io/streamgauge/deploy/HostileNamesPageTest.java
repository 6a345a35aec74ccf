package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.agent.AgentView;
import io.streamgauge.common.agent.EngineView;
import io.streamgauge.common.gpu.GpuInfo;
import io.streamgauge.controller.api.About;
import io.streamgauge.controller.api.ApiOptions;
import io.streamgauge.controller.api.HttpApi;
import io.streamgauge.controller.book.RunBook;
import io.streamgauge.deploy.browser.Axe;
import io.streamgauge.deploy.browser.Browser;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live page behind a token, of agents that would be read as markup or by a terminal. */
class HostileNamesPageTest {
  private static final String MARKUP =
      "<script>document.title='hit'</script><img src=x onerror=\"document.title='hit'\">";
  private static final String TERMINAL = "\u001b[31mred \u202Egnp.exe\u2066";

  @TempDir private Path folder;

  private static AgentView agent() {
    return new AgentView(
        MARKUP,
        Set.of("load"),
        Optional.of("\"onload=\"document.title='hit'"),
        Optional.of(2),
        Optional.of(1),
        Optional.empty(),
        TERMINAL,
        Optional.of("25"),
        List.<GpuInfo>of(),
        List.of(EngineView.starting(MARKUP, Optional.of(TERMINAL))),
        AgentView.State.LOST,
        Optional.of(MARKUP + TERMINAL),
        3,
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void whateverAgentsAreCalledIsShownAsTextOnceTheTokenIsShown() {
    Vertx vertx = Vertx.vertx();
    try (Browser page = Browser.open(folder)) {
      HttpApi api =
          new HttpApi(
              new RunBook(),
              () -> List.of(agent()),
              new ApiOptions(
                  new HttpServerOptions().setHost("127.0.0.1").setPort(0),
                  Optional.empty(),
                  folder,
                  Optional.of("right"::equals),
                  About.of("test", "127.0.0.1:5701", false, Optional.of("SHA256:k"), true)));
      vertx.deployVerticle(api).await();
      page.go("http://127.0.0.1:" + api.port());
      page.until("document.querySelector('#state').innerText === 'a bearer token is needed'");
      assertThat(page.text("#agents")).isEmpty();

      page.paste("#token", "right");
      page.click("#login button");
      page.until("document.querySelectorAll('#agents tbody tr').length === 1");

      assertThat(page.text("#agents"))
          .contains(MARKUP, "\"onload=\"document.title='hit'", "No agent is here", "silent")
          .contains("\uFFFD[31mred \uFFFDgnp.exe\uFFFD")
          .doesNotContain("\u001b", "\u202E", "\u2066");
      assertThat(
              page.eval("document.querySelectorAll('#agents img, #agents script').length").asInt())
          .isZero();
      assertThat(page.eval("document.title").asText()).isEqualTo("Streamgauge");
      assertThat(page.text("#run")).contains("First an agent has to be here");
      assertThat(Axe.seriousIn(page)).isEmpty();
      assertThat(page.errors()).isEmpty();
    } finally {
      vertx.close().await();
    }
  }
}
