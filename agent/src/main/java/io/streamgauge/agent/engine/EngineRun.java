package io.streamgauge.agent.engine;

import io.streamgauge.agent.engine.kind.Engine;
import io.streamgauge.agent.engine.kind.EngineOptions;
import io.streamgauge.agent.engine.kind.Installation;
import io.streamgauge.agent.engine.kind.Launch;
import io.streamgauge.agent.engine.process.EngineProcess;
import io.streamgauge.agent.engine.process.PortCheck;
import io.streamgauge.agent.engine.process.Shutdown;
import io.streamgauge.common.engine.EngineInfo;
import io.streamgauge.common.message.AgentEvent.EngineDied;
import io.streamgauge.common.message.AgentEvent.EngineProgress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * One engine that runs as a process, from its start to the proof that it is gone: a sequence on a
 * thread of its own.
 */
final class EngineRun {
  private static final long LOOK_SECONDS = 2;
  private static final long TELL_NANOS = 1_000_000_000;

  private final EngineTask task;
  private final Engine.External engine;
  private final EngineOptions options;
  private final HostGate gate;
  private final Address address;
  private long toldAt = System.nanoTime();

  EngineRun(EngineTask task, Engine.External engine, EngineOptions options, HostGate gate) {
    this.task = task;
    this.engine = engine;
    this.options = options;
    this.gate = gate;
    this.address = Address.of(engine.host().host(), options.address(), engine.port());
  }

  /**
   * Returns when nothing is left of it and the controller knows.
   *
   * @throws EngineFailure when it could not be started
   */
  void run() {
    requireInstalled();
    gate.enter();
    requireFreePort();
    EngineFolder.Paper paper = options.folder().open(engine.kind().label());
    Launch launch = launch(paper);
    EngineProcess process = EngineProcess.start(launch, paper, task::wake);
    try {
      serve(process, launch);
    } catch (EngineFailure e) {
      Optional<String> trouble = end(process);
      if (task.stopAsked()) {
        task.stopped(trouble);
      } else {
        task.failed(
            process.secrets().mask(e.reason()) + trouble.map(text -> "; " + text).orElse(""),
            e.logTail());
      }
      return;
    } catch (RuntimeException | Error e) { // a bug, after which nobody would end it
      end(process);
      throw e;
    }
    task.stopped(end(process));
  }

  private void requireInstalled() {
    Installation.missing(engine)
        .ifPresent(
            what -> {
              throw new EngineFailure(what);
            });
  }

  private Launch launch(EngineFolder.Paper paper) {
    Launch launch = Installation.launch(engine, address.listen(), paper.own());
    Path executable =
        Installation.executable(launch)
            .orElseThrow(() -> new EngineFailure("the executable has just vanished"));
    return launch.withExecutable(executable.toString());
  }

  /** Whoever answers there would be measured in the engine's place. */
  private void requireFreePort() {
    PortCheck.holder(engine.port())
        .ifPresent(
            holder -> {
              throw new EngineFailure(
                  "port: %d is in use by %s, expected a free one"
                      .formatted(engine.port(), holder.text()));
            });
  }

  private void serve(EngineProcess process, Launch launch) {
    try (EnginePages pages = new EnginePages(address.url())) {
      Readiness readiness =
          new Readiness(
              process,
              pages,
              engine.port(),
              engine.model(),
              engine.host().readyTimeout(),
              step -> progress(process, step));
      Map<String, Double> times = readiness.await();
      double seconds = process.age().toNanos() / 1e9;
      task.ready(address.url(), info(launch, version(pages), seconds, times));
    }
    while (!task.stopAsked() && process.running()) {
      process.look();
      task.await(LOOK_SECONDS);
    }
    if (!task.stopAsked()) {
      task.deliver(
          new EngineDied(
              task.order().runId(), task.agent(), process.ending(), process.tail().lines()));
    }
    while (!task.stopAsked()) {
      task.await(LOOK_SECONDS);
    }
  }

  /** Called again and again while the engine gets ready. */
  private void progress(EngineProcess process, Readiness.Step step) {
    if (task.stopAsked()) {
      throw new EngineFailure("stopped before it was ready");
    }
    if (System.nanoTime() - toldAt >= TELL_NANOS) {
      toldAt = System.nanoTime();
      process.look();
      task.tell(
          new EngineProgress(
              task.order().runId(),
              task.agent(),
              step.label(),
              process.tail().last(),
              process.age()));
    }
  }

  private Optional<String> version(EnginePages pages) {
    return pages
        .get(engine.version().path(), () -> {})
        .flatMap(EnginePages.Page::json)
        .map(json -> json.path(engine.version().field()).asText())
        .filter(text -> !text.isBlank());
  }

  private EngineInfo info(
      Launch launch, Optional<String> version, double seconds, Map<String, Double> times) {
    return new EngineInfo(
        engine.kind().label(),
        task.agent(),
        version,
        Optional.of(launch.argv().getFirst()),
        launch.shown(),
        engine.maxRunning(),
        seconds,
        times);
  }

  /** Ends all processes and hands the log over; what is left all the same, in words. */
  private Optional<String> end(EngineProcess process) {
    Optional<String> trouble = shutDown(process);
    task.hand(process.log(), process.secrets());
    return trouble;
  }

  private Optional<String> shutDown(EngineProcess process) {
    try {
      Optional<String> trouble = new Shutdown(process, engine.port(), options.limits()).run();
      Optional<String> remains = gate.leave(process.tree(), options.limits().memory());
      return trouble.or(() -> remains.map(text -> text + "; the host is marked dirty"));
    } catch (EngineFailure e) { // as where this host gives no more files to look with
      process.abandon();
      return Optional.of(e.reason() + ": the engine was killed, and that it is gone is not proved");
    }
  }
}
