package io.streamgauge.controller.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.message.AgentEvent.EngineReady;
import io.streamgauge.common.message.AgentEvent.RecordBatch;
import io.streamgauge.controller.log.LogEntry;
import io.streamgauge.controller.log.RunFacts;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.RunResult;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A run as spans and metrics: a fold over the entries of its log. */
final class RunCourse {
  /** A level that has begun; {@code start} and {@code end} are in ns since 1970. */
  private record Course(
      Attributes about, RequestSpan requests, LevelMeters meters, long start, Optional<Long> end) {
    Course endingAt(long time) {
      return new Course(about, requests, meters, start, Optional.of(time));
    }
  }

  private final Map<String, String> attributes;
  private final Sender sender;
  private final Map<String, String> workloads = new TreeMap<>();
  private final Map<String, Course> levels = new LinkedHashMap<>();
  private @Nullable RunIdentity run;
  private long last;

  RunCourse(Map<String, String> attributes, Sender sender) {
    this.attributes = attributes;
    this.sender = sender;
  }

  void take(LogEntry entry) {
    switch (entry) {
      case LogEntry.Opened(String _, RunFacts known) -> {
        run = RunIdentity.of(known, attributes);
        last = nanos(known.startedAt());
      }
      case LogEntry.Prepares prepared ->
          workloads.put(prepared.level().name(), prepared.workload());
      case LogEntry.Begins begun -> levels.put(begun.level(), begin(begun));
      case LogEntry.Told(Instant at, RecordBatch batch) -> {
        last = nanos(at);
        take(batch);
      }
      case LogEntry.Told(Instant at, EngineReady ready) -> {
        last = nanos(at);
        run = run().at(ready.url());
      }
      case LogEntry.Ends ended -> {
        last = nanos(ended.at());
        levels.computeIfPresent(ended.level(), (_, level) -> level.endingAt(last));
      }
      case LogEntry.Ended ended -> last = nanos(ended.at());
      case LogEntry.Told _,
          LogEntry.Joined _,
          LogEntry.Sampled _,
          LogEntry.Lost _,
          LogEntry.Claimed _,
          LogEntry.Decided _ -> {}
    }
  }

  private Course begin(LogEntry.Begins begun) {
    Attributes about = run().ofLevel(begun);
    long start = nanos(begun.named());
    return new Course(
        about,
        new RequestSpan(
            run().resource(),
            run().ids().ofLevel(begun.level()),
            "%s %s".formatted(run().operation(), begun.model()).strip(),
            about.toBuilder().put(Keys.STREAM, run().streams()).build(),
            start),
        new LevelMeters(run().resource(), about, start),
        start,
        Optional.empty());
  }

  private void take(RecordBatch batch) {
    Course level = levels.get(batch.level());
    if (level == null) {
      throw new IllegalStateException("records of a level that never began: " + batch.level());
    }
    batch
        .records()
        .forEach(
            request -> {
              sender.add(level.requests().of(request, run().ids().ofRequest(request.requestId())));
              level.meters().take(request);
            });
  }

  /** Sends what is known of the whole only. */
  void end(RunResult result) {
    for (LevelResult level : result.levels()) {
      Course course = levels.get(level.name());
      if (course != null) {
        long end = course.end().orElse(last);
        sender.add(span(level, course, end));
        sender.send(course.meters().read(level, end));
      }
    }
    sender.add(
        span(
            "run " + run().facts().plan().name(),
            run().ids().ofRun(),
            SpanContext.getInvalid(),
            nanos(run().facts().startedAt()),
            last,
            run().attributes().put(Keys.RUN_STATUS, result.run().status().label()).build(),
            result.run().status() == RunStatus.FAILED
                ? StatusData.create(
                    io.opentelemetry.api.trace.StatusCode.ERROR, result.run().failure().orElse(""))
                : StatusData.unset()));
  }

  private FinishedSpan span(LevelResult level, Course course, long end) {
    return span(
        "level " + level.name(),
        run().ids().ofLevel(level.name()),
        run().ids().ofRun(),
        course.start(),
        end,
        course.about().toBuilder()
            .put(Keys.WORKLOAD, workloads.getOrDefault(level.name(), ""))
            .build(),
        StatusData.unset());
  }

  private FinishedSpan span(
      String name,
      SpanContext own,
      SpanContext parent,
      long start,
      long end,
      Attributes about,
      StatusData status) {
    return new FinishedSpan(
        run().resource(),
        name,
        SpanKind.INTERNAL,
        own,
        parent,
        start,
        Math.max(start, end),
        about,
        List.of(),
        List.of(),
        status);
  }

  private RunIdentity run() {
    if (run == null) {
      throw new IllegalStateException("a log begins with its run's facts");
    }
    return run;
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000 + time.getNano();
  }
}
