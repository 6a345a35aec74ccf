package io.streamgauge.agent.engine;

import static io.streamgauge.agent.engine.FakeHost.eventually;
import static io.streamgauge.agent.engine.FakeHost.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamgauge.agent.engine.kind.Launch;
import io.streamgauge.agent.engine.process.EngineProcess;
import io.streamgauge.common.message.AgentEvent.EngineDied;
import io.streamgauge.common.message.AgentEvent.EngineFailed;
import io.streamgauge.common.message.AgentEvent.EngineLog;
import io.streamgauge.common.message.AgentEvent.EngineProgress;
import io.streamgauge.common.message.AgentEvent.EngineReady;
import io.streamgauge.common.message.AgentEvent.EngineStopped;
import io.streamgauge.common.message.AgentReply;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Engines as real processes that behave well and badly. */
@Execution(ExecutionMode.CONCURRENT)
class EngineHostTest {
  private final Vertx vertx = Vertx.vertx();
  private final EngineEvents events = new EngineEvents();

  @TempDir private Path folder;
  private FakeHost fake;
  private EngineHost host;

  @BeforeEach
  void makeHost() {
    fake = FakeHost.in(folder).withEngine("none");
    host = new EngineHost(vertx, "gpu", fake.options(), events);
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    host.close().await();
    vertx.close().await();
    assertThat(fake.processes()).as("processes of the engine").isEmpty();
    assertThat(fake.portFree()).as("its port is free").isTrue();
    if (Files.isDirectory(fake.notes())) {
      try (Stream<Path> files = Files.list(fake.notes())) {
        assertThat(files.map(Path::toString).filter(file -> !file.endsWith(".log"))).isEmpty();
      }
    }
  }

  @Test
  void anEngineIsReadyWhenItHasCompletedATokenAndTellsWhatItIs() throws Exception {
    fake.withEngine("slow");

    host.start(order());
    EngineReady ready = events.next(EngineReady.class);

    assertThat(ready.url()).isEqualTo("http://127.0.0.1:" + fake.port());
    assertThat(ready.engine().version()).contains("0.0-fake");
    assertThat(ready.engine().argv())
        .startsWith(ready.engine().executable().orElseThrow())
        .containsSubsequence("org/fake", "--served-model-name", "org/fake")
        .noneMatch(word -> word.contains("s3cret"));
    assertThat(ready.engine().readyS())
        .containsOnlyKeys("health", "models", "completion")
        .allSatisfy((_, seconds) -> assertThat(seconds).isGreaterThanOrEqualTo(1.5));
    assertThat(ready.engine().timeToReadyS())
        .isGreaterThanOrEqualTo(ready.engine().readyS().get("completion"));
    assertThat(events.all)
        .filteredOn(EngineProgress.class::isInstance)
        .extracting(event -> ((EngineProgress) event).line())
        .contains("listening");
  }

  @Test
  void aStoppedEngineIsGoneBeforeItIsToldAndItsLogIsHandedOver() throws Exception {
    host.start(order());
    events.next(EngineReady.class);

    assertThat(host.stop(FakeHost.RUN)).isInstanceOf(AgentReply.Accepted.class);
    EngineStopped stopped = events.next(EngineStopped.class);

    assertThat(stopped.trouble()).isEmpty();
    assertThat(fake.processes()).isEmpty();
    assertThat(fake.portFree()).isTrue();
    assertThat(log()).contains("fake engine starts", "listening");
    assertThat(host.start(order())).isInstanceOf(AgentReply.Accepted.class);
    events.next(EngineReady.class);
  }

  private String log() {
    StringBuilder text = new StringBuilder();
    events.all.stream()
        .filter(EngineLog.class::isInstance)
        .map(event -> ((EngineLog) event).piece().toArray())
        .forEach(piece -> text.append(new String(piece, StandardCharsets.UTF_8)));
    return text.toString();
  }

  @Test
  void oneThatCrashesAtItsStartFailsWithItsExitCodeAndItsLastWords() throws Exception {
    fake.withEngine("crash-at-start");

    host.start(order());
    EngineFailed failed = events.next(EngineFailed.class);

    assertThat(failed.reason()).isEqualTo("ended before it was ready: exit code 3");
    assertThat(failed.logTail()).contains("CUDA error: out of luck");
    assertThat(log()).contains("CUDA error: out of luck");
  }

  @Test
  void aSignalThatEndedItIsNamed() throws Exception {
    fake.withEngine("none", "60s", List.of("sh", "-c", "kill -ILL $$", "sh"));

    host.start(order());

    assertThat(events.next(EngineFailed.class).reason()).endsWith("exit code 132 (SIGILL)");
  }

  @Test
  void oneThatIsNeverReadyFailsByItsTimeOutAndIsEnded() throws Exception {
    fake.withEngine("never-ready", "3s", List.of());

    host.start(order());
    EngineFailed failed = events.next(EngineFailed.class);

    assertThat(failed.reason())
        .isEqualTo("not ready within ready_timeout 3s: /health does not succeed");
    assertThat(fake.processes()).isEmpty();
  }

  @Test
  void oneThatServesAnotherModelIsNotTheOneThatWasStarted() throws Exception {
    fake.withEngine("other-model");

    host.start(order());

    assertThat(events.next(EngineFailed.class).reason())
        .isEqualTo("/v1/models names [another], expected org/fake");
  }

  @Test
  void oneThatRefusesTheFirstCompletionIsNotReady() throws Exception {
    fake.withEngine("refuses");

    host.start(order());

    assertThat(events.next(EngineFailed.class).reason())
        .startsWith("a one-token completion is answered by HTTP 400");
  }

  @Test
  void aPortInUseIsRefusedAndItsHolderNamed() throws Exception {
    try (ServerSocket _ = new ServerSocket(fake.port(), 1, InetAddress.getLoopbackAddress())) {
      host.start(order());

      assertThat(events.next(EngineFailed.class).reason())
          .startsWith(
              "port: %d is in use by pid %d ("
                  .formatted(fake.port(), ProcessHandle.current().pid()))
          .contains("java");
      assertThat(fake.processes()).isEmpty();
    }
  }

  @Test
  void aDeathIsToldWithItsExitCodeAndItsLastWords() throws Exception {
    host.start(order());
    EngineReady ready = events.next(EngineReady.class);

    try (EnginePages pages = new EnginePages(ready.url())) {
      pages.get("/die", () -> {});
    }
    EngineDied died = events.next(EngineDied.class);

    assertThat(died.reason()).isEqualTo("exit code 7");
    assertThat(died.logTail()).last().isEqualTo("EngineCore encountered a fatal error");
  }

  @Test
  void childrenThatOutliveTheirParentAreEndedEvenWhenTheyLeftItsGroup() throws Exception {
    fake.withEngine("children");
    host.start(order());
    EngineReady ready = events.next(EngineReady.class);
    eventually("the engine and two children run", () -> fake.processes().size() == 3);
    try (EnginePages pages = new EnginePages(ready.url())) {
      pages.get("/die", () -> {});
    }
    events.next(EngineDied.class);

    host.stop(FakeHost.RUN);

    assertThat(events.next(EngineStopped.class).trouble()).isEmpty();
    assertThat(fake.processes()).isEmpty();
  }

  @Test
  void oneThatHoldsItsPortAndIgnoresSignalsIsKilled() throws Exception {
    fake.withEngine("none", "60s", List.of("sh", "-c", "trap '' INT TERM; \"$0\" \"$@\" & wait"));
    host.start(order());
    events.next(EngineReady.class);

    host.stop(FakeHost.RUN);

    assertThat(events.next(EngineStopped.class).trouble()).isEmpty();
    assertThat(fake.processes()).isEmpty();
    assertThat(fake.portFree()).isTrue();
  }

  @Test
  void aStopDuringTheStartIsAStop() throws Exception {
    fake.withEngine("never-ready");
    host.start(order());
    events.next(EngineProgress.class);

    host.stop(FakeHost.RUN);

    assertThat(events.next(EngineStopped.class).trouble()).isEmpty();
  }

  @Test
  void thereIsOneEngineAtATime() throws Exception {
    host.start(order());

    assertThat(host.start(order()))
        .isEqualTo(new AgentReply.Refused("an engine is still on this host"));
    events.next(EngineReady.class);
    assertThat(host.stop("another run")).isInstanceOf(AgentReply.Refused.class);
  }

  @Test
  void memoryThatDoesNotComeBackMarksTheHostDirtyUntilItDoes() throws Exception {
    AtomicLong used = new AtomicLong(1L << 30);
    host =
        new EngineHost(
            vertx, "gpu", fake.options().withMemory(() -> OptionalLong.of(used.get())), events);
    host.start(order());
    events.next(EngineReady.class);
    used.set(20L << 30);

    host.stop(FakeHost.RUN);
    assertThat(events.next(EngineStopped.class).trouble().orElseThrow())
        .isEqualTo(
            "the GPUs have 20480 MiB in use, 19456 MiB more than before the engine was started;"
                + " the host is marked dirty");
    host.start(order());
    assertThat(events.next(EngineFailed.class).reason())
        .startsWith("this host is marked dirty, no engine is started: the GPUs have 20480 MiB");

    used.set(1L << 30);
    host.start(order());
    events.next(EngineReady.class);
  }

  /** As on a full disk. */
  @Test
  void oneWhoseProcessesCannotBeNotedIsEndedAtOnce() throws Exception {
    Path log = Files.createFile(folder.resolve("log"));
    Path notes = folder.resolve("no such folder").resolve("notes");
    Launch launch = new Launch(List.of("sh", "-c", "sleep 600", fake.marker()), Map.of());

    assertThatExceptionOfType(EngineFailure.class)
        .isThrownBy(() -> EngineProcess.start(launch, new EngineFolder.Paper(notes, log), () -> {}))
        .withMessageContaining("cannot be noted");

    eventually("the engine is gone", () -> fake.processes().isEmpty());
  }

  @Test
  void aBugInWhatFollowsAStartEndsTheEngineToo() throws Exception {
    fake.withEngine("never-ready");
    events.trouble =
        () -> {
          throw new StackOverflowError("of a bug");
        };

    host.start(order());
    EngineFailed failed = events.next(EngineFailed.class);

    assertThat(failed.reason()).contains("a bug", "StackOverflowError");
    assertThat(fake.processes()).isEmpty();
  }

  @Test
  void aMissingExecutableIsNamed() throws Exception {
    Files.writeString(fake.engines().resolve("vllm.yaml"), "command: no-such-engine\n");

    host.start(order());

    assertThat(events.next(EngineFailed.class).reason())
        .isEqualTo("the executable no-such-engine is not found");
  }
}
