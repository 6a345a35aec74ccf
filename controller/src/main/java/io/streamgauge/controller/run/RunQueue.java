package io.streamgauge.controller.run;

import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.message.ControllerCommand.Cancel;
import io.streamgauge.common.message.ControllerCommand.Submit;
import io.streamgauge.common.message.ControllerReply;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.message.RunEvent;
import io.streamgauge.controller.book.RunBook;
import io.streamgauge.controller.result.ExitCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One run at a time: a plan that comes while one is on is rejected, unless it says that it may
 * wait. On the controller's context.
 */
public final class RunQueue {
  private static final int MOST_WAITING = 10;

  private final Vertx vertx;
  private final RunBook book;
  private final Function<Submit, Coordinator> coordinators;
  private final Consumer<Runnable> later;
  private final Deque<RunJob> abandoned = new ArrayDeque<>();
  private final Deque<Submit> waiting = new ArrayDeque<>();
  private final Promise<Void> empty = Promise.promise();
  private boolean ending;
  private @Nullable RunJob running;

  /** {@code later} runs a task on the controller's context, outside of what is at work now. */
  public RunQueue(
      Vertx vertx,
      RunBook book,
      Function<Submit, Coordinator> coordinators,
      Consumer<Runnable> later) {
    this.vertx = vertx;
    this.book = book;
    this.coordinators = coordinators;
    this.later = later;
  }

  /** The run that is on. */
  public Optional<String> running() {
    return Optional.ofNullable(running).map(RunJob::id);
  }

  public ControllerReply submit(Submit submit) {
    if (ending) {
      return new ControllerReply.Rejected("the controller is ending");
    }
    if (running != null && !submit.plan().queue()) {
      return new ControllerReply.Rejected("busy with run " + running.id());
    }
    if (waiting.size() >= MOST_WAITING) {
      return new ControllerReply.Rejected(
          "busy, and %d plans wait for their turn already".formatted(waiting.size()));
    }
    book.submitted(submit.runId(), submit.plan().name());
    Endpoints.watch(vertx, submit.runId(), book::take);
    if (running == null) {
      start(submit);
    } else {
      waiting.add(submit);
    }
    return new ControllerReply.Taken(submit.runId());
  }

  /** Ends runs of a controller that is gone, before any other. */
  public void recover(List<RunJob> recoveries) {
    for (RunJob recovery : recoveries) {
      book.submitted(recovery.id(), recovery.name());
      Endpoints.watch(vertx, recovery.id(), book::take);
    }
    abandoned.addAll(recoveries);
    next();
  }

  private void start(Submit submit) {
    start(coordinators.apply(submit));
  }

  private void start(RunJob job) {
    running = job;
    book.started(job.id());
    later.accept(
        () -> {
          try {
            job.run();
          } finally {
            running = null;
            next();
          }
        });
  }

  private void next() {
    if (!abandoned.isEmpty()) {
      start(abandoned.poll());
    } else if (ending) {
      empty.tryComplete();
    } else {
      Optional.ofNullable(waiting.poll()).ifPresent(this::start);
    }
  }

  /**
   * Takes no more plans, drops those that wait and stops the run that is on; completes when it is
   * over. Abandoned runs are left for the next start.
   */
  public Future<Void> end() {
    ending = true;
    abandoned.clear();
    List.copyOf(waiting).forEach(submit -> drop(submit.runId(), RunStatus.INTERRUPTED));
    if (running == null) {
      empty.tryComplete();
    } else {
      running.stop(RunStatus.INTERRUPTED);
    }
    return empty.future();
  }

  public ControllerReply cancel(Cancel cancel) {
    if (running != null && running.id().equals(cancel.runId())) {
      running.stop(cancel.status());
      return new ControllerReply.Taken(cancel.runId());
    }
    if (drop(cancel.runId(), cancel.status())) {
      return new ControllerReply.Taken(cancel.runId());
    }
    return new ControllerReply.Rejected("no run " + cancel.runId() + " is on");
  }

  private boolean drop(String runId, RunStatus status) {
    if (!waiting.removeIf(submit -> submit.runId().equals(runId))) {
      return false;
    }
    Endpoints.publish(
        vertx,
        new RunEvent.Ended(
            runId,
            List.of(),
            ExitCode.INTERRUPTED,
            Optional.of("%s before it began".formatted(status.label())),
            Optional.of(status)));
    return true;
  }
}
