package io.streamgauge.controller.run;

import io.streamgauge.common.clock.SteadyClock;
import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.message.AgentEvent.LevelEvent;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.message.RunEvent;
import io.streamgauge.controller.fleet.AgentClient;
import io.streamgauge.controller.fleet.Fleet;
import io.streamgauge.controller.level.Reports;
import io.streamgauge.controller.log.LogEntry;
import io.streamgauge.controller.result.Analysis;
import io.streamgauge.controller.result.ExitCode;
import io.streamgauge.controller.store.RunDirectory;
import io.streamgauge.controller.store.Site;
import io.streamgauge.controller.wait.Inbox;
import io.streamgauge.controller.wait.RunFailure;
import io.streamgauge.controller.wait.RunLimits;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a run whose controller was killed: stops its agents, appends what they still hold to its
 * log, and renders that as any other log.
 */
public final class Recovery implements RunJob {
  private static final Logger log = LoggerFactory.getLogger(Recovery.class);
  private static final String GONE = "the controller was gone";
  private static final String REASON =
      "the controller ended without its word; another one took the run up";

  private final Vertx vertx;
  private final Fleet fleet;
  private final AgentClient client;
  private final RunLimits limits;
  private final RunDirectory directory;
  private final Site site;
  private final OpenRun run;
  private final Inbox inbox;
  private boolean hurried;

  /** One for each run in the site's directory that no controller carries any more. */
  public static List<RunJob> all(
      Vertx vertx, Fleet fleet, AgentClient client, Site site, RunLimits limits) {
    List<RunJob> all = new ArrayList<>();
    for (RunDirectory directory :
        site.journaled() ? RunDirectory.abandoned(site.output()) : List.<RunDirectory>of()) {
      try {
        OpenRun run = new OpenRun(directory.log());
        directory.log().read(run::take);
        all.add(new Recovery(vertx, fleet, client, limits, directory, site, run));
      } catch (IOException | RuntimeException e) {
        log.error("a run cannot be ended: {}", e.getMessage());
        directory.close();
      }
    }
    return all;
  }

  private Recovery(
      Vertx vertx,
      Fleet fleet,
      AgentClient client,
      RunLimits limits,
      RunDirectory directory,
      Site site,
      OpenRun run) {
    this.vertx = vertx;
    this.fleet = fleet;
    this.client = client;
    this.limits = limits;
    this.directory = directory;
    this.site = site;
    this.run = run;
    this.inbox = new Inbox(vertx);
  }

  @Override
  public String id() {
    return run.facts().runId();
  }

  @Override
  public String name() {
    return run.facts().plan().name();
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
    String reason = REASON;
    try (directory) {
      collect();
      run.level()
          .ifPresent(
              level ->
                  directory
                      .log()
                      .append(
                          new LogEntry.Ends(
                              level,
                              SteadyClock.PROCESS.instant(),
                              Optional.of(GONE),
                              Optional.empty())));
      RunEnding ending =
          new RunEnding(
              vertx,
              directory,
              directory.log(),
              site.pages(),
              () -> vertx.executeBlocking(() -> Analysis.of(directory.log().path())));
      RunEnding.Done done =
          run.ended()
              ? ending.end()
              : ending.end(
                  new LogEntry.Ended(
                      SteadyClock.PROCESS.instant(),
                      Optional.of(RunStatus.INTERRUPTED),
                      Optional.of(REASON)));
      written = done.written().map(List::of).orElse(List.of());
      written.forEach(files -> Endpoints.publish(vertx, files));
      done.result()
          .ifPresent(
              result ->
                  CollectorReport.send(vertx, site, directory.log().path(), result, log::warn));
    } catch (UncheckedIOException e) {
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
  private void collect() {
    Stragglers stragglers = new Stragglers(fleet, client, limits, id());
    while (!run.owing().isEmpty()) {
      inbox
          .take(Reports.LOOK)
          .ifPresent(
              entry -> {
                stragglers.heard(entry.event().agent());
                take(entry);
              });
      run.owing()
          .forEach(
              one ->
                  (hurried
                          ? Optional.of("its run was ended before it handed all over")
                          : stragglers.absence(one.agent(), one.instance(), one.place()))
                      .ifPresent(reason -> run.lose(one, reason)));
    }
    run.engineHost().ifPresent(host -> client.tell(host, new AgentCommand.StopEngine(id())));
  }

  /**
   * An agent whose records do not join on to what the log holds, because a host that lost its power
   * lost the last of it, is given up; all else stays.
   */
  private void take(Inbox.Entry entry) {
    try {
      entry.settle(
          any -> {
            switch (any) {
              case LevelEvent event -> run.receive(event);
              case AgentEvent.GpuEvent _, AgentEvent.MetricsEvent _ ->
                  directory.log().append(new LogEntry.Told(SteadyClock.PROCESS.instant(), any));
              case AgentEvent.EngineEvent _, AgentEvent.Failed _, AgentEvent.TokensCounted _ -> {}
            }
          });
    } catch (RunFailure e) {
      run.owing().stream()
          .filter(one -> one.agent().equals(entry.event().agent()))
          .forEach(one -> run.lose(one, e.reason()));
    }
  }
}
