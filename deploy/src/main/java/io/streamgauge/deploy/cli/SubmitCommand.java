package io.streamgauge.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.cli.OnSignal;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.message.RunEvent;
import io.streamgauge.common.trust.TokenText;
import io.streamgauge.controller.result.ExitCode;
import io.streamgauge.deploy.remote.ControllerClient;
import io.streamgauge.deploy.remote.FetchedResult;
import io.streamgauge.deploy.remote.PortablePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends a plan to a controller and follows its run as {@code run} would show it. */
@Command(
    name = "submit",
    sortOptions = false,
    description = {
      "Sends a plan to a controller, follows the run, and fetches its result files.",
      "The prompts of the plan's dataset file and the due times of its replay files go along."
          + " Ctrl-C cancels the run and fetches what there is."
    })
public final class SubmitCommand implements Callable<Integer> {
  private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(2);
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long SECONDS_TO_END = 30;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PLAN", description = "The plan file.")
  private Path plan = Path.of("");

  @Option(
      names = "--controller",
      paramLabel = "URL",
      description = "The controller's HTTP API. Default: http://127.0.0.1:8765.")
  private String controller = "http://127.0.0.1:8765";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "The token to show to the controller.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description = "The authority (PEM) of the controller's certificate.")
  private @Nullable Path authority;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Directory for the result files. Default: results.")
  private Path output = Path.of("results");

  @Mixin private final ConsoleOptions shown = new ConsoleOptions();

  @Override
  public Integer call() throws IOException {
    byte[] sent = PortablePlan.of(plan);
    ControllerClient client =
        new ControllerClient(
            controller,
            Optional.ofNullable(tokenFile).map(TokenText::fromFile),
            Optional.ofNullable(authority));
    Console console = shown.of(spec);
    try {
      return follow(client, client.submit(sent), console);
    } catch (IOException e) {
      console.note("streamgauge submit: " + e.getMessage());
      return ExitCode.FAILED;
    }
  }

  private int follow(ControllerClient client, String run, Console console) throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    OnSignal onSignal = OnSignal.call(() -> interrupt(client, run, console, over));
    try {
      JsonNode end = ended(client, run, console);
      Files.createDirectories(output);
      for (JsonNode result : end.path("results")) {
        console.show(fetched(client, run, result));
      }
      int code = end.path("exit_code").asInt(ExitCode.FAILED);
      console.show(
          new RunEvent.Ended(
              run,
              List.of(),
              code,
              Optional.ofNullable(end.path("failure").textValue()),
              Optional.empty()));
      return code;
    } finally {
      over.countDown();
      onSignal.close();
    }
  }

  /** Reads events until the run's end, over as many connections as it takes. */
  private JsonNode ended(ControllerClient client, String run, Console console) throws IOException {
    JsonNode[] end = new JsonNode[1];
    long last = 0;
    long lostAt = 0;
    while (true) {
      try {
        last =
            client.events(
                run,
                last,
                (name, data) -> {
                  show(run, name, data, console);
                  end[0] = data;
                  return name.equals("ended");
                });
        return end[0];
      } catch (IOException e) {
        long now = System.nanoTime();
        if (e instanceof ControllerClient.Broken broken && broken.last > last) {
          last = broken.last;
          lostAt = 0;
        }
        if (lostAt == 0) {
          lostAt = now;
          console.note("lost the controller (%s); trying again".formatted(e.getMessage()));
        }
        if (now - lostAt > GIVE_UP_AFTER.toNanos()) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private static void show(String run, String name, JsonNode data, Console console) {
    switch (name) {
      case "note" -> console.show(new RunEvent.Note(run, data.path("text").asText()));
      case "stats" -> {
        try {
          console.show(Json.MAPPER.treeToValue(data, RunEvent.LiveStats.class));
        } catch (JsonProcessingException e) {
          throw new PlanException("stats", data, "live numbers of this version");
        }
      }
      default -> {
        // The rest is told at the end, or of no interest here.
      }
    }
  }

  private RunEvent.Written fetched(ControllerClient client, String run, JsonNode result)
      throws IOException {
    return new RunEvent.Written(
        run,
        result.path("backend").asText(),
        Optional.of(result.path("repeat")).filter(JsonNode::isInt).map(JsonNode::intValue),
        result.path("status").asText(),
        new FetchedResult(client, result).into(output, !shown.noHtml).toString(),
        result.path("console").asText(),
        result.path("brief").asText());
  }

  /** Called when the process is told to end: keeps it until what there is has been fetched. */
  private static void interrupt(
      ControllerClient client, String run, Console console, CountDownLatch over) {
    if (over.getCount() == 0) {
      return;
    }
    console.note("interrupted: cancelling the run and fetching what there is");
    try {
      client.cancel(run);
      if (!over.await(SECONDS_TO_END, TimeUnit.SECONDS)) {
        console.note("the run did not end within " + SECONDS_TO_END + " s");
      }
    } catch (IOException e) {
      console.note("cannot cancel the run: " + e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
