package io.streamgauge.common.message;

import io.streamgauge.common.HostPort;
import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.agent.AgentView;
import io.streamgauge.common.agent.ClientStats;
import io.streamgauge.common.agent.EngineView;
import io.streamgauge.common.agent.HostCalibration;
import io.streamgauge.common.agent.ProcessStats;
import io.streamgauge.common.agent.StampSource;
import io.streamgauge.common.agent.StampStats;
import io.streamgauge.common.agent.TargetProbe;
import io.streamgauge.common.clock.ClockReading;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.PromptsId;
import io.streamgauge.common.dataset.Turn;
import io.streamgauge.common.dataset.file.ReadOptions;
import io.streamgauge.common.dataset.file.Window;
import io.streamgauge.common.dataset.row.Conversation;
import io.streamgauge.common.dataset.session.Sessions;
import io.streamgauge.common.engine.CacheReset;
import io.streamgauge.common.engine.ContextLimit;
import io.streamgauge.common.engine.EngineInfo;
import io.streamgauge.common.engine.EngineKind;
import io.streamgauge.common.engine.EngineQuantity;
import io.streamgauge.common.engine.EngineReading;
import io.streamgauge.common.engine.EngineSample;
import io.streamgauge.common.gpu.GpuBoard;
import io.streamgauge.common.gpu.GpuHost;
import io.streamgauge.common.gpu.GpuInfo;
import io.streamgauge.common.gpu.GpuLoss;
import io.streamgauge.common.gpu.GpuProcess;
import io.streamgauge.common.gpu.GpuQuantity;
import io.streamgauge.common.gpu.GpuReadings;
import io.streamgauge.common.gpu.GpuSample;
import io.streamgauge.common.gpu.GpuTenants;
import io.streamgauge.common.gpu.PowerReading;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.histogram.TokenSeries;
import io.streamgauge.common.measure.Counts;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.measure.RequestTraces;
import io.streamgauge.common.measure.Requests;
import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.plan.AgentsPolicy;
import io.streamgauge.common.plan.AnswerOptions;
import io.streamgauge.common.plan.Backend;
import io.streamgauge.common.plan.Course;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.WantedAnswers;
import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.common.plan.load.Share;
import io.streamgauge.common.plan.request.DatasetRef;
import io.streamgauge.common.plan.request.RequestShape;
import io.streamgauge.common.plan.request.Target;
import io.streamgauge.common.plan.request.Workload;
import io.streamgauge.common.plan.slo.Deadlines;
import io.streamgauge.common.plan.slo.ErrorLimit;
import io.streamgauge.common.plan.slo.Limits;
import io.streamgauge.common.plan.slo.Percentage;
import io.streamgauge.common.plan.slo.Slo;
import io.streamgauge.common.plan.slo.Slos;
import io.streamgauge.common.trust.Bytes;
import io.streamgauge.common.trust.CommandSigner;
import io.streamgauge.common.trust.ControllerKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A message of every kind, with the values that a wire is likeliest to lose. */
final class MessageSamples {
  private static final Distribution SOME = Distribution.of(1_000_000, 12_345_678_901L);
  private static final Counts COUNTS =
      Arrays.stream(Outcome.values())
          .map(
              outcome ->
                  outcome == Outcome.OK
                      ? Counts.of(Requests.answered())
                      : Counts.of(Requests.failed(outcome)))
          .reduce(Counts.ZERO, Counts::plus);
  private static final RequestRecord WHOLE = Requests.answered();
  private static final RequestRecord BROKEN = Requests.failed(Outcome.RESET);
  private static final Target TARGET =
      new Target(
          "https://10.0.0.5",
          Optional.of("llama3"),
          Optional.of("API_KEY"),
          Map.of("X-Team", "blue \"1\""));
  private static final Level CLOSED =
      new Level(
          "c20",
          new ClosedLoop(20, Optional.of(Duration.ofNanos(1_500))),
          new Extent(Optional.of(7L), Optional.of(Duration.ofSeconds(90))),
          false);
  private static final Level OPEN =
      new Level(
          "r10",
          new OpenLoop(0.5, new Arrival.Gamma(0.25), Optional.of(8)),
          Extent.EACH_PROMPT_ONCE,
          true);
  private static final Turn TURN =
      new Turn(
          Optional.of(Conversation.messages("assistant", "4")),
          Conversation.messages("user", "Sure? – ü 世界 🎈"),
          Optional.of(Duration.ofSeconds(2)),
          Optional.of(5),
          Optional.of(true),
          Optional.of(Duration.ofMillis(750)));
  private static final Plan PLAN =
      new Plan(
          "nightly – ü 世界 🎈",
          List.of(
              new Backend.Served("prod", TARGET),
              new Backend.Managed(
                  "vllm", EngineKind.VLLM, Map.of("dtype", "float16"), Optional.empty())),
          new Workload(
              new DatasetRef(
                      Optional.of("prompts.json"),
                      Optional.of(
                          List.of(
                              new Prompt("7", "math", "1 + 1 = ?", Optional.of(3), Optional.of(9)),
                              new Prompt("8", "math", "2 + 2 = ?", Optional.empty())
                                  .withTurns(List.of(TURN)))),
                      Optional.of(
                          new ReadOptions(
                              Optional.of("prompts"),
                              Optional.of(Map.of("prompt", "question")),
                              Optional.of(7L),
                              Optional.of(Window.parse("1s..2m")))))
                  .inSessions(
                      Optional.of(
                          new Sessions(
                              Optional.of(Duration.ofMillis(1_500)), Sessions.History.RECORDED))),
              RequestShape.DEFAULT,
              Long.MIN_VALUE),
          List.of(OPEN, CLOSED),
          new Limits(
              new Slos(List.of(Slo.parse("ttft_p99=500ms"), Slo.parse("itl_max=1.5s"))),
              Percentage.parse("0.5%"),
              ErrorLimit.OFF),
          new WantedAnswers(Optional.of(Deadlines.DEFAULT), true),
          new AgentsPolicy(2, AgentsPolicy.OnLoss.ABORT),
          true,
          new Course(true, 3, Optional.empty()));
  private static final HostCalibration CERTIFICATE =
      new HostCalibration(
          "host",
          "0.1",
          "25",
          StampSource.KERNEL,
          64,
          4096,
          3_200.5,
          9.5,
          0.05,
          0.25,
          Instant.EPOCH);
  private static final GpuInfo GPU =
      new GpuInfo(0, "GPU-a", "NVIDIA RTX 4090", Optional.of(24_576L));
  private static final RunEvent.Written WRITTEN =
      new RunEvent.Written(
          "run",
          "vllm",
          Optional.of(2),
          "completed",
          "results/a.json",
          "=== RESULTS\n\tline",
          "=== LEVELS");

  static Stream<Message> all() {
    return Stream.of(fleet(), agentCommands(), agentEvents(), control(), runEvents())
        .flatMap(messages -> messages);
  }

  private static Stream<Message> fleet() {
    return Stream.of(
        new Register(
            Message.PROTOCOL,
            "3f6c",
            "9b1d",
            new AgentInfo(
                "agent-1",
                Set.of("load", "gpu"),
                "host",
                8,
                4,
                "0.1.0",
                "25.0.3",
                List.of(GPU, new GpuInfo(1, "GPU-b", "H100", Optional.empty()))),
            Optional.of(new ClockReading(-1_234_567_890_123L, 42_000))),
        new Register(
            Message.PROTOCOL,
            "3f6c",
            "9b1d",
            new AgentInfo("agent-1", Set.of("load"), "host", 8, 4, "0.1.0", "25.0.3"),
            Optional.empty(),
            Optional.of("SHA256:abc"),
            Optional.of(new HostPort("10.0.0.5", 5_701))),
        new Stranger(Message.PROTOCOL + 1, "agent-1", "9.9"),
        new Leave("agent-1", "3f6c"),
        new Inquiry(Message.PROTOCOL),
        new Roster(
            Message.PROTOCOL,
            "0.1.0",
            Optional.of("SHA256:abc"),
            Optional.empty(),
            List.of(
                new AgentView(
                    "agent-1",
                    Set.of("load"),
                    Optional.of("host"),
                    Optional.of(8),
                    Optional.of(4),
                    Optional.of(480_000.0),
                    "0.1.0",
                    Optional.of("25.0.3"),
                    List.of(GPU),
                    List.of(
                        new EngineView(
                            "vllm",
                            EngineView.State.SERVING,
                            Optional.of("0.9"),
                            Optional.of("http://host:8000"),
                            Optional.empty())),
                    AgentView.State.LOST,
                    Optional.of("silent"),
                    3.5,
                    Optional.of(-1.5),
                    Optional.of(0.25)))),
        new Registered(
            "agent-1", "c1", Instant.ofEpochSecond(1_790_000_000L, 123_456_789), Optional.of("r1")),
        new Registered("agent-1", "c1", Instant.EPOCH, Optional.empty()),
        new Claim("c1", "127.0.0.1:5701", "0.1.0", 12, Optional.of("r1")),
        Order.of(
            new CommandSigner(ControllerKeys.fresh().privateKey()),
            "9b1d",
            new AgentCommand.Stop("run", "by the user", Outcome.CANCELLED),
            Instant.ofEpochSecond(1_790_000_000L)),
        new AgentReply.Accepted(),
        new AgentReply.Refused("a run is under way"),
        new AgentReply.NeedsPrompts(),
        new Ack());
  }

  private static Stream<Message> agentCommands() {
    return Stream.of(
        new AgentCommand.LoadPrompts(
            "run",
            new PromptsId("sha256:5d", 3),
            1,
            List.of(
                new Prompt("1", "coding", "Say \"hi\"\nin two lines.", Optional.of(256)),
                new Prompt("2", "general", "Grüße, 世界 🎈", Optional.empty(), Optional.of(7)))),
        new AgentCommand.Prepare(
            "run",
            CLOSED,
            1,
            TARGET,
            RequestShape.DEFAULT,
            new AnswerOptions(Deadlines.parse("1.5s,2ms"), true),
            new PromptsId("sha256:5d", 3),
            new Share(2, 3, 8),
            42,
            Optional.of("Warm-up. "),
            Optional.of(new RequestTraces(-7))),
        new AgentCommand.Start(
            "run", "c20", "llama3", Instant.parse("2026-02-01T14:30:00.123456789Z"), true),
        new AgentCommand.Stop("run", "interrupted", Outcome.ENGINE_DIED),
        new AgentCommand.StartEngine(
            "run",
            EngineKind.SIM,
            Map.of(
                "port", 8000, "large", 1L << 40, "share", 0.9, "on", true, "args", List.of("-a")),
            Optional.empty(),
            -1),
        new AgentCommand.StartEngine(
            "run", EngineKind.VLLM, Map.of(), Optional.of("org/llama3"), 42),
        new AgentCommand.StartNoMore("run", "r4.5"),
        new AgentCommand.StopEngine("run"),
        new AgentCommand.WatchGpus("run"),
        new AgentCommand.CountTokens("run", 2, TARGET, RequestShape.DEFAULT, List.of("The of")),
        new AgentCommand.UnwatchGpus("run"),
        new AgentCommand.WatchEngine("run", TARGET),
        new AgentCommand.ReadEngine("run", 3, true),
        new AgentCommand.UnwatchEngine("run"));
  }

  private static Stream<Message> agentEvents() {
    return Stream.of(
        new AgentEvent.Prepared(
            "run",
            "agent-1",
            "c20",
            1,
            TargetProbe.of(List.of("llama3"))
                .serving(Optional.of(4))
                .taking(Optional.of(new ContextLimit(4_096, Optional.of(EngineKind.VLLM)))),
            Optional.of(CERTIFICATE)),
        new AgentEvent.Prepared(
            "run", "agent-1", "c20", 1, TargetProbe.problem("HTTP 404", true), Optional.empty()),
        new AgentEvent.Progress(
            "run", "agent-1", "c20", COUNTS, 20, 7_000, SOME, Distribution.ZERO),
        new AgentEvent.RecordBatch("run", "agent-1", "c20", 7, List.of(WHOLE, BROKEN)),
        new AgentEvent.Finished(
            "run",
            "agent-1",
            "c20",
            new ClientStats(
                SOME,
                SOME,
                Distribution.ZERO,
                1,
                2,
                3,
                4,
                5,
                6,
                1L << 60,
                8,
                9,
                0.25,
                4096,
                new StampStats(10, 11, 12, 1, -5_000_000, SOME, SOME, SOME),
                SOME,
                Map.of(
                    "host:1",
                    new ProcessStats(SOME, 7, Optional.of(0.5), Optional.of(0.25)),
                    "host:2",
                    new ProcessStats(Distribution.ZERO, 0, Optional.empty(), Optional.empty()))),
            new AgentEvent.LevelGaps(SOME, SOME),
            TokenSeries.of(0, 1, 127, 128, 0, Integer.MAX_VALUE),
            Optional.of(Instant.ofEpochSecond(1_790_000_000L, 1)),
            new ClockReading(5, 6),
            Optional.of(new AgentEvent.Early("told to end", Duration.ofMillis(6_100)))),
        new AgentEvent.Finished(
            "run",
            "agent-1",
            "c20",
            ClientStats.ZERO,
            AgentEvent.LevelGaps.EMPTY,
            TokenSeries.ZERO,
            Optional.empty(),
            ClockReading.SAME,
            Optional.empty()),
        new AgentEvent.Failed("run", "agent-1", "out of files"),
        new AgentEvent.TokensCounted(
            "run", "agent-1", 2, List.of(14), "by its /tokenize", Optional.empty()),
        new AgentEvent.EngineProgress(
            "run", "agent-1", "health", "Loading weights 40 %", Duration.ofMillis(12_500)),
        new AgentEvent.EngineReady(
            "run",
            "agent-1",
            "http://10.0.0.5:8000",
            new EngineInfo(
                "vllm",
                "agent-1",
                Optional.of("0.9"),
                Optional.of("/usr/bin/vllm"),
                List.of("/usr/bin/vllm", "serve", "a model"),
                Optional.of(256),
                51.25,
                Map.of("health", 50.5, "completion", 51.25))),
        new AgentEvent.EngineReady(
            "run",
            "agent-1",
            "http://10.0.0.5:8000",
            new EngineInfo(
                "sim",
                "agent-1",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                0,
                Map.of())),
        new AgentEvent.EngineFailed("run", "agent-1", "exit code 2", List.of("usage:", "  -m")),
        new AgentEvent.EngineDied("run", "agent-1", "exit code 137 (SIGKILL)", List.of()),
        new AgentEvent.EngineLog("run", "agent-1", 3, Bytes.of(new byte[] {0, -1, 10, 65})),
        new AgentEvent.EngineStopped("run", "agent-1", Optional.empty()),
        new AgentEvent.EngineStopped("run", "agent-1", Optional.of("port 8000 is in use")),
        new AgentEvent.GpusWatched(
            "run",
            "agent-1",
            new GpuHost(
                "570.1",
                "12.8",
                Duration.ofMillis(100),
                List.of(
                    new GpuBoard(
                        GPU,
                        PowerReading.INSTANT,
                        Optional.of(450.5),
                        Optional.of(true),
                        List.of("energy counter (not supported)"))))),
        new AgentEvent.EngineBatch(
            "run",
            "agent-1",
            4,
            Instant.ofEpochSecond(1_790_000_000L, 7),
            new ClockReading(-5, 6),
            List.of(
                new EngineSample(
                    -1,
                    Arrays.stream(EngineQuantity.values())
                        .collect(Collectors.toMap(q -> q, _ -> 0.25))),
                new EngineSample(1L << 60, Map.of())),
            2),
        new AgentEvent.EngineRead(
            "run",
            "agent-1",
            0,
            Instant.ofEpochSecond(1_790_000_000L, 7),
            new ClockReading(-5, 6),
            new EngineReading(
                Optional.of(new EngineSample(0, Map.of(EngineQuantity.RUNNING, 3.0))),
                Optional.empty(),
                Optional.of(CacheReset.notPossible("404")),
                Optional.of(Distribution.of(1, 2_000_000)))),
        new AgentEvent.GpuBatch(
            "run",
            "agent-1",
            3,
            Instant.ofEpochSecond(1_790_000_000L, 7),
            new ClockReading(-5, 6),
            new GpuReadings(
                List.of(
                    new GpuSample(
                        0,
                        -1,
                        Arrays.stream(GpuQuantity.values())
                            .collect(Collectors.toMap(q -> q, _ -> Long.MAX_VALUE))),
                    new GpuSample(1, 1L << 60, Map.of())),
                List.of(
                    new GpuTenants(
                        0,
                        5,
                        List.of(
                            new GpuProcess(4_194_304, "vllm", Optional.of(18_000L)),
                            new GpuProcess(1, "", Optional.empty())))),
                List.of(new GpuLoss(1, 9, "GPU is lost")),
                2)));
  }

  private static Stream<Message> control() {
    return Stream.of(
        new ControllerCommand.Submit("run", PLAN),
        new ControllerCommand.Cancel("run", RunStatus.INTERRUPTED),
        new ControllerReply.Taken("run"),
        new ControllerReply.Rejected("busy"));
  }

  private static Stream<Message> runEvents() {
    return Stream.of(
        new RunEvent.Note("run", "level c20"),
        new RunEvent.LiveStats(
            "run",
            "vllm",
            "c20",
            Duration.ofNanos(12_345_678_901L),
            100,
            20,
            1,
            Optional.of(1_000L),
            342.5,
            OptionalDouble.of(45.2),
            OptionalDouble.of(112.5),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Optional.of(Duration.ofDays(3).plusNanos(1)),
            new RunEvent.Totals(
                Map.of(Outcome.OK, 99L, Outcome.RESET, 1L), 7, 8, 13, 9, 0.5, 11, 12)),
        new RunEvent.LiveStats(
            "run",
            "vllm",
            "c20",
            Duration.ZERO,
            0,
            0,
            0,
            Optional.empty(),
            Double.NaN,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Optional.empty()),
        new RunEvent.Observed(
            "run",
            Duration.ofSeconds(12),
            new RunEvent.Stage("vllm", "c20", false, 2, Optional.of(3), 1, 4),
            List.of(new RunEvent.AgentWork("a1", 99, 1, 20)),
            List.of(new RunEvent.Board("a1", 0, Map.of("power_w", 312.5))),
            Map.of("kv_cache_use", 0.5),
            List.of(new RunEvent.Flag("agent_lost", "warning", "agent a2 was lost"))),
        new RunEvent.LevelEnded(
            "run",
            "vllm",
            "c20",
            false,
            List.of(new RunEvent.Flag("client_lag", "void", "late by \"9 ms\""))),
        WRITTEN,
        new RunEvent.Ended("run", List.of(WRITTEN), 0, Optional.empty(), Optional.empty()),
        new RunEvent.Ended(
            "run", List.of(), 1, Optional.of("no agents"), Optional.of(RunStatus.CANCELLED)));
  }

  private MessageSamples() {}
}
