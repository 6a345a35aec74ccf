package io.streamgauge.agent.cli;

import io.streamgauge.agent.sim.Rehearsal;
import io.streamgauge.agent.sim.SimulatedEngine;
import io.streamgauge.agent.sim.journal.ScheduleError;
import io.streamgauge.agent.sim.reply.Fault;
import io.streamgauge.agent.sim.reply.Faults;
import io.streamgauge.agent.sim.reply.Framing;
import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.cli.OnSignal;
import io.streamgauge.common.json.Durations;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The simulated engine as a server of its own, until the process is told to stop. Values are taken
 * as text, so that every wrong one is reported in the same way.
 */
@Command(
    name = "simulate",
    description = "Serve a simulated engine that answers on an exact schedule.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class SimulateCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--host", paramLabel = "HOST", description = "Address to listen on.")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port to listen on, 0 for a free one.")
  private String port = "8000";

  @Option(names = "--model", paramLabel = "NAME", description = "Name of the one model.")
  private String model = "simulated";

  @Option(
      names = "--ttft",
      paramLabel = "DURATION",
      description = "Time from a slot to the first token.")
  private String ttft = "50ms";

  @Option(
      names = "--ttft-per-prompt-token",
      paramLabel = "DURATION",
      description = "More of it for each prompt token.")
  private String ttftPerPromptToken = "50us";

  @Option(
      names = "--itl",
      paramLabel = "DURATION",
      description = "Mean time between tokens, 0s for as fast as possible.")
  private String itl = "10ms";

  @Option(
      names = "--itl-spread",
      paramLabel = "NUMBER",
      description = "Coefficient of variation of that time.")
  private String itlSpread = "0.1";

  @Option(names = "--tokens-per-event", paramLabel = "COUNT", description = "Tokens in each event.")
  private String tokensPerEvent = "1";

  @Option(
      names = "--slots",
      paramLabel = "COUNT",
      description = "Requests served at once, 0 for no limit.")
  private String slots = "32";

  @Option(
      names = "--context",
      paramLabel = "COUNT",
      description = "Tokens of a prompt and its answer together; a longer answer is cut there.")
  private String context = "131072";

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      description = "Everything random follows from it.")
  private String seed = "42";

  @Option(
      names = "--fault-rate",
      paramLabel = "SHARE",
      description = "Share of the requests that go wrong.")
  private String faultRate = "0";

  @Option(
      names = "--fault-kinds",
      paramLabel = "KIND",
      showDefaultValue = Visibility.NEVER,
      description =
          "How they go wrong: http-500, http-429, html, reset, cut, stall, malformed, error-event,"
              + " no-done, empty. All if none is named.",
      split = ",")
  private List<String> faultKinds = List.of();

  @Option(names = "--utf8", description = "Multi-byte text with emoji, quotes and line ends.")
  private boolean utf8;

  @Option(names = "--crlf", description = "End lines in CR LF.")
  private boolean crlf;

  @Option(names = "--split", description = "Cut each write in two at any byte.")
  private boolean split;

  @Option(names = "--coalesce", paramLabel = "COUNT", description = "Token events in one write.")
  private String coalesce = "1";

  @Option(names = "--no-role-chunk", description = "Begin chat streams without a role-only event.")
  private boolean noRoleChunk;

  @Option(names = "--keep-alive-comment", description = "Send a comment before the first token.")
  private boolean keepAliveComment;

  @Option(
      names = "--log-limit",
      paramLabel = "COUNT",
      description = "Requests kept in /simulation/log.")
  private String logLimit = "100000";

  @Option(
      names = "--api-key-env",
      paramLabel = "NAME",
      description = "Environment variable with the key to ask for.")
  private @Nullable String apiKeyEnv;

  @Override
  public Integer call() throws InterruptedException {
    CommandSpec command = Objects.requireNonNull(spec);
    PrintWriter err = command.commandLine().getErr();
    try {
      return serve(options(), command.commandLine().getOut(), err);
    } catch (PlanException wrong) {
      err.println("simulate: " + wrong.getMessage());
      return 2;
    }
  }

  SimulationOptions options() {
    SimulationOptions options =
        SimulationOptions.defaults()
            .withHost(host)
            .withPort(whole("port", port))
            .withModel(model)
            .withSeed(number("seed", seed))
            .withSlots(whole("slots", slots))
            .withContext(whole("context", context))
            .withLatency(
                new LatencyModel(
                    Durations.parse("ttft", ttft),
                    Durations.parse("ttft_per_prompt_token", ttftPerPromptToken),
                    Durations.parse("itl", itl),
                    decimal("itl_spread", itlSpread),
                    whole("tokens_per_event", tokensPerEvent)))
            .withFaults(new Faults(decimal("fault_rate", faultRate), kinds()))
            .withFraming(
                new Framing(
                    !noRoleChunk, crlf, keepAliveComment, split, whole("coalesce", coalesce)))
            .withUtf8(utf8)
            .withLogLimit(whole("log_limit", logLimit));
    return apiKeyEnv == null ? options : options.withApiKey(key(apiKeyEnv));
  }

  private static int serve(SimulationOptions options, PrintWriter out, PrintWriter err)
      throws InterruptedException {
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    SimulatedEngine engine = new SimulatedEngine(options);
    Optional<Throwable> failure =
        Rehearsal.of(vertx, options)
            .compose(_ -> vertx.deployVerticle(engine))
            .map(deployed -> Optional.<Throwable>empty())
            .otherwise(Optional::of)
            .await();
    if (failure.isPresent()) {
      vertx.close().await();
      err.printf(
          "simulate: cannot listen on %s:%d: %s%n",
          options.host(), options.port(), failure.get().getMessage());
      return 1;
    }
    OnSignal end = OnSignal.call(() -> end(vertx, engine, options, out));
    out.printf("simulated engine on %s (model %s)%n", engine.url(), options.model());
    out.flush();
    try {
      end.await();
      return 0;
    } catch (InterruptedException interrupted) {
      end.close();
      end(vertx, engine, options, out);
      throw interrupted;
    }
  }

  /** Says how exact the engine was, because a client takes the engine's lateness for its own. */
  private static void end(
      Vertx vertx, SimulatedEngine engine, SimulationOptions options, PrintWriter out) {
    vertx.close().await();
    ScheduleError error = engine.scheduleError();
    if (error.count() > 0) {
      out.printf("schedule error: %s%n", error);
    }
    if (error.spoils(options.latency())) {
      out.printf(
          "warning: at p99 that is over 2 %% of a gap of %.3f ms: what a client measured is so far"
              + " the engine's lateness; give the engine a core of its own or fewer streams%n",
          options.latency().gapNanos() / 1e6);
    }
    out.flush();
  }

  private List<Fault> kinds() {
    return faultKinds.isEmpty()
        ? Arrays.asList(Fault.values())
        : faultKinds.stream().map(kind -> Fault.parse("fault_kinds", kind)).toList();
  }

  private static String key(String name) {
    String key = System.getenv(name);
    if (key == null || key.isEmpty()) {
      throw new PlanException("api_key_env", name, "the name of a set environment variable");
    }
    return key;
  }

  private static int whole(String field, String text) {
    long value = number(field, text);
    if (value != (int) value) {
      throw new PlanException(field, text, "a smaller number");
    }
    return (int) value;
  }

  private static long number(String field, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException wrong) {
      throw new PlanException(field, text, "a whole number");
    }
  }

  private static double decimal(String field, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException wrong) {
      throw new PlanException(field, text, "a number");
    }
  }
}
