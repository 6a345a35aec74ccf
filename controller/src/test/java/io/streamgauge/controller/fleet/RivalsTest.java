package io.streamgauge.controller.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.HostPort;
import io.streamgauge.common.message.Claim;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.message.RunEvent;
import io.streamgauge.common.node.Node;
import io.streamgauge.common.node.NodeOptions;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RivalsTest {
  @ParameterizedTest
  @CsvSource({
    "1000,    , 2000,    , true", // the elder stays
    "2000,    , 1000,    , false",
    "2000,    , 1000, run, true", // who has a run on stays
    "1000, run, 2000,    , false",
    "1000, run, 2000, run, true",
    "1000,    , 1000,    , true" // of two that came at once, the one of the greater name
  })
  void ofTwoControllersOneGivesWay(
      long up, String run, long othersUp, String othersRun, boolean yields) {
    Claim own = new Claim("a", "h:1", "1", up, Optional.ofNullable(run));
    Claim other = new Claim("b", "h:2", "1", othersUp, Optional.ofNullable(othersRun));

    assertThat(own.yieldsTo(other)).isEqualTo(yields);
    assertThat(other.yieldsTo(own)).isEqualTo(!yields);
  }

  @Test
  void whereTwoMeetTheIdleOneGivesWayAndTheOthersUserIsTold() throws Exception {
    Vertx vertx =
        Node.clustered(new NodeOptions(new HostPort("127.0.0.1", 0), List.of(), "rivals")).await();
    try {
      CompletableFuture<String> note = new CompletableFuture<>();
      Endpoints.watch(
          vertx,
          "r1",
          event -> {
            if (event instanceof RunEvent.Note(String _, String text)) {
              note.complete(text);
            }
          });
      Rivals idle = new Rivals(vertx, "h:1", Optional::empty);
      Rivals busy = new Rivals(vertx, "h:2", () -> Optional.of("r1"));

      idle.watch();
      busy.watch();

      assertThat(idle.yielded().timeout(60, TimeUnit.SECONDS).await())
          .contains("gives way to controller h:2", "run r1 is on");
      assertThat(note.get(60, TimeUnit.SECONDS)).contains("a second controller", "h:1");
      assertThat(busy.yielded().isComplete()).isFalse();
    } finally {
      vertx.close().await();
    }
  }
}
