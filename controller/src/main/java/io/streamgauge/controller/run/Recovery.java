package io.streamgauge.controller.run;

import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.message.RunEvent;
import io.streamgauge.controller.fleet.AgentClient;
import io.streamgauge.controller.fleet.Fleet;
import io.streamgauge.controller.report.ConsoleReport;
import io.streamgauge.controller.report.JsonReport;
import io.streamgauge.controller.result.ExitCode;
import io.streamgauge.controller.result.RunResult;
import io.streamgauge.controller.store.RunDirectory;
import io.streamgauge.controller.store.Site;
import io.streamgauge.controller.wait.Inbox;
import io.streamgauge.controller.wait.RunFailure;
import io.streamgauge.controller.wait.RunLimits;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a run whose controller was killed: reads its journal, has its agents hand over what they
 * still hold, and writes the result as interrupted, with everything that was measured.
 */
public final class Recovery implements RunJob {
  private static final Logger log = LoggerFactory.getLogger(Recovery.class);
  private static final Duration LOOK = Duration.ofMillis(250);

  private final Vertx vertx;
  private final Fleet fleet;
  private final AgentClient orders;
  private final RunLimits limits;
  private final AbandonedRun abandoned;
  private final Inbox inbox;
  private boolean hurried;

  /** One for each run in the site's directory that no controller carries any more. */
  public static List<RunJob> all(
      Vertx vertx, Fleet fleet, AgentClient orders, Site site, RunLimits limits) {
    return site.journaled()
        ? AbandonedRun.in(site.output()).stream()
            .<RunJob>map(run -> new Recovery(vertx, fleet, orders, limits, run))
            .toList()
        : List.of();
  }

  private Recovery(
      Vertx vertx, Fleet fleet, AgentClient orders, RunLimits limits, AbandonedRun abandoned) {
    this.vertx = vertx;
    this.fleet = fleet;
    this.orders = orders;
    this.limits = limits;
    this.abandoned = abandoned;
    this.inbox = new Inbox(vertx);
  }

  @Override
  public String id() {
    return abandoned.facts().runId();
  }

  @Override
  public String name() {
    return abandoned.facts().plan().name();
  }

  /** Waits for nobody any more. */
  @Override
  public void stop(RunStatus status) {
    hurried = true;
    inbox.wake();
  }

  @Override
  public void run() {
    var consumer = Endpoints.run(id()).serve(vertx, inbox::put);
    List<RunEvent.Written> written = List.of();
    String reason = "the controller ended without its word; another one took the run up";
    try (RunDirectory directory = abandoned.takeUp()) {
      // In the background, since heartbeats have to be answered meanwhile.
      RecoveredRun recovered = vertx.executeBlocking(() -> abandoned.replay(directory)).await();
      collect(recovered, directory.journal());
      if (recovered.measured()) {
        written = List.of(write(recovered.result(reason), directory));
        Endpoints.publish(vertx, written.getFirst());
      } else {
        directory.discard();
      }
    } catch (IOException | UncheckedIOException e) {
      reason = String.valueOf(e.getMessage());
      log.error("run {} cannot be ended: {}", id(), reason);
    } catch (RuntimeException | Error e) {
      reason = e.toString();
      log.error("the recovery of run {} ended by a bug", id(), e);
    } finally {
      inbox.close();
      consumer.unregister();
      Endpoints.publish(
          vertx,
          new RunEvent.Ended(
              id(),
              written,
              ExitCode.INTERRUPTED,
              Optional.of(reason),
              Optional.of(RunStatus.INTERRUPTED)));
    }
  }

  /** Takes in what agents still have, until none owes anything or is waited for. */
  private void collect(RecoveredRun run, Journal journal) {
    Stragglers stragglers = new Stragglers(fleet, orders, limits, id());
    while (!run.owing().isEmpty()) {
      inbox
          .take(LOOK)
          .ifPresent(
              entry -> {
                stragglers.heard(entry.event().agent());
                take(entry, run, journal);
              });
      run.owing()
          .forEach(
              (agent, owing) ->
                  (hurried
                          ? Optional.of("its run was ended before it handed all over")
                          : stragglers.absence(agent, owing.instance(), owing.place()))
                      .ifPresent(reason -> journal.write(run.lost(agent, reason))));
    }
    abandoned
        .facts()
        .engine()
        .map(AgentEvent.EngineReady::agent)
        .ifPresent(host -> orders.tell(host, new AgentCommand.StopEngine(id())));
  }

  /**
   * An agent whose records do not join on to what the journal holds, since a host that lost its
   * power lost the last of it, is given up; all else stays.
   */
  private static void take(Inbox.Entry entry, RecoveredRun run, Journal journal) {
    try {
      entry.settle(
          any -> {
            if (any instanceof AgentEvent.LevelEvent event) {
              run.take(event);
            }
          });
    } catch (RunFailure e) {
      if (run.owing().containsKey(entry.event().agent())) {
        journal.write(run.lost(entry.event().agent(), e.reason()));
      }
    }
  }

  private RunEvent.Written write(RunResult result, RunDirectory directory) {
    Path json = directory.finish(result, JsonReport.of(result));
    return new RunEvent.Written(
        id(),
        result.run().backend(),
        result.run().status().label(),
        json.toString(),
        ConsoleReport.of(result));
  }
}
