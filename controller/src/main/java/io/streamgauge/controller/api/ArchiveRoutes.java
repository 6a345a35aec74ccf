package io.streamgauge.controller.api;

import io.streamgauge.controller.api.answer.Answers;
import io.streamgauge.controller.api.answer.Problem;
import io.streamgauge.controller.api.answer.SentFile;
import io.streamgauge.controller.archive.Archive;
import io.streamgauge.controller.compare.Comparison;
import io.streamgauge.controller.compare.MeasuredRun;
import io.streamgauge.controller.compare.Settings;
import io.streamgauge.controller.compare.Side;
import io.streamgauge.controller.compare.report.ComparisonHtml;
import io.streamgauge.controller.store.ResultFiles;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The calls for the results that lie in the output folder. All on the event loop of the API; what
 * blocks is done in no order, so that nobody waits for a comparison but who asked for it.
 */
final class ArchiveRoutes {
  private static final int MOST_COMPARED = 8;

  /** What is kept of a log for a comparison takes some eight times as much as the log itself. */
  private static final int HEAP_PER_LOG_BYTE = 16;

  private final Vertx vertx;
  private final Archive archive;
  private boolean comparing;

  ArchiveRoutes(Vertx vertx, Archive archive) {
    this.vertx = vertx;
    this.archive = archive;
  }

  void list(RoutingContext call) {
    vertx
        .executeBlocking(archive::results, false)
        .onFailure(call::fail)
        .onSuccess(results -> Answers.json(call, 200, results));
  }

  void json(RoutingContext call) {
    found(call, files -> SentFile.answer(vertx, call, files.json(), Answers.JSON));
  }

  void requests(RoutingContext call) {
    found(call, files -> SentFile.answer(vertx, call, files.requests(), SentFile.CSV));
  }

  void log(RoutingContext call) {
    found(call, files -> SentFile.answer(vertx, call, files.log(), SentFile.LOG));
  }

  void report(RoutingContext call) {
    found(call, files -> SentFile.page(vertx, call, files.page()));
  }

  private void found(RoutingContext call, Consumer<ResultFiles> then) {
    String name = Optional.ofNullable(call.pathParam("name")).orElse("");
    vertx.executeBlocking(() -> files(name), false).onFailure(call::fail).onSuccess(then::accept);
  }

  private ResultFiles files(String name) {
    return archive
        .files(name)
        .orElseThrow(() -> Problem.notFound("there is no such result").thrown());
  }

  void compare(RoutingContext call) {
    read(call, Compared::json).onSuccess(json -> Answers.text(call, 200, Answers.JSON, json));
  }

  void comparePage(RoutingContext call) {
    read(call, Compared::page).onSuccess(page -> SentFile.page(call, page));
  }

  /** What is compared. */
  private record Compared(Side base, List<Side> others) {
    private Comparison comparison() {
      return Comparison.of(base, others, Settings.DEFAULT);
    }

    String json() {
      return Answers.write(comparison());
    }

    String page() {
      return new String(ComparisonHtml.of(comparison(), base, others), StandardCharsets.UTF_8);
    }
  }

  /** One at a time, because each reads whole run logs. */
  private Future<String> read(RoutingContext call, Function<Compared, String> rendering) {
    List<String> bases = call.queryParam("base");
    List<String> others = call.queryParam("new");
    if (bases.size() != 1) {
      throw wrong("base", bases, "the name of one result");
    }
    if (others.isEmpty() || others.size() > MOST_COMPARED) {
      throw wrong("new", others, "the names of 1 to %d results".formatted(MOST_COMPARED));
    }
    if (comparing) {
      throw Problem.of(503, "Busy", "another comparison is being made; try again").thrown();
    }
    comparing = true;
    return vertx
        .executeBlocking(
            () -> {
              requireRoom(Stream.concat(bases.stream(), others.stream()).toList());
              List<Side> sides = new ArrayList<>();
              for (String other : others) {
                sides.add(side(other));
              }
              return rendering.apply(new Compared(side(bases.getFirst()), sides));
            },
            false)
        .onComplete(_ -> comparing = false)
        .onFailure(call::fail);
  }

  private static Problem.Thrown wrong(String field, List<String> found, String expected) {
    return Problem.of(
            400,
            "Wrong query",
            "%s: %s is not valid, expected %s".formatted(field, found, expected))
        .of(field, Optional.of(String.join(", ", found)), expected)
        .thrown();
  }

  private void requireRoom(List<String> names) {
    long most = Runtime.getRuntime().maxMemory() / HEAP_PER_LOG_BYTE;
    long bytes = 0;
    for (String name : names) {
      try {
        bytes += Files.size(files(name).log());
      } catch (IOException _) {
        throw noLog(name);
      }
    }
    if (bytes > most) {
      throw Problem.of(
              413,
              "Too large",
              ("the run logs have %d bytes together, expected %d at most, which is 1/%d of the"
                      + " heap: compare them with streamgauge compare BASE NEW in a process of its"
                      + " own")
                  .formatted(bytes, most, HEAP_PER_LOG_BYTE))
          .thrown();
    }
  }

  private Side side(String name) {
    try {
      return new Side(name, List.of(MeasuredRun.read(files(name).log())));
    } catch (IOException _) {
      throw noLog(name);
    }
  }

  private static Problem.Thrown noLog(String name) {
    return Problem.notFound("there is no run log of result %s that can be read".formatted(name))
        .thrown();
  }
}
