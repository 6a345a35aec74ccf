package io.streamgauge.controller.api;

import io.streamgauge.controller.api.answer.Answers;
import io.streamgauge.controller.api.answer.Problem;
import io.streamgauge.controller.api.answer.SentFile;
import io.streamgauge.controller.archive.Archive;
import io.streamgauge.controller.compare.Comparison;
import io.streamgauge.controller.compare.MeasuredRun;
import io.streamgauge.controller.compare.Settings;
import io.streamgauge.controller.compare.Side;
import io.streamgauge.controller.store.ResultFiles;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The calls for the results that lie in the output folder. All on the event loop of the API. */
final class ArchiveRoutes {
  private static final int MOST_COMPARED = 8;

  private final Vertx vertx;
  private final Archive archive;
  private boolean comparing;

  ArchiveRoutes(Vertx vertx, Archive archive) {
    this.vertx = vertx;
    this.archive = archive;
  }

  void list(RoutingContext call) {
    vertx
        .executeBlocking(archive::results)
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
    vertx.executeBlocking(() -> files(name)).onFailure(call::fail).onSuccess(then::accept);
  }

  private ResultFiles files(String name) {
    return archive
        .files(name)
        .orElseThrow(() -> Problem.notFound("there is no such result").thrown());
  }

  /** One at a time, because each reads whole run logs. */
  void compare(RoutingContext call) {
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
    vertx
        .executeBlocking(() -> comparison(bases.getFirst(), others))
        .onComplete(_ -> comparing = false)
        .onFailure(call::fail)
        .onSuccess(comparison -> Answers.json(call, 200, comparison));
  }

  private static Problem.Thrown wrong(String field, List<String> found, String expected) {
    return Problem.of(
            400,
            "Wrong query",
            "%s: %s is not valid, expected %s".formatted(field, found, expected))
        .of(field, Optional.of(String.join(", ", found)), expected)
        .thrown();
  }

  private Comparison comparison(String base, List<String> others) {
    List<Side> sides = new ArrayList<>();
    for (String other : others) {
      sides.add(side(other));
    }
    return Comparison.of(side(base), sides, Settings.DEFAULT);
  }

  private Side side(String name) {
    try {
      return new Side(name, List.of(MeasuredRun.read(files(name).log())));
    } catch (IOException _) {
      throw Problem.notFound("there is no run log of result %s that can be read".formatted(name))
          .thrown();
    }
  }
}
