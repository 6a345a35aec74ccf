package io.streamgauge.agent.level;

import io.streamgauge.agent.load.EncodedPrompts;
import io.streamgauge.agent.load.LaneVerticle;
import io.streamgauge.common.measure.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/** The lanes of one agent's share of a level. On the agent's context. */
final class Lanes {
  private final Vertx vertx;
  private final List<LaneVerticle> lanes;
  private final List<String> deployments = new ArrayList<>();
  private boolean closed;

  Lanes(Vertx vertx, List<LaneVerticle> lanes) {
    this.vertx = vertx;
    this.lanes = List.copyOf(lanes);
  }

  int count() {
    return lanes.size();
  }

  Future<?> deploy() {
    return Future.all(
        lanes.stream().map(lane -> vertx.deployVerticle(lane).onSuccess(this::deployed)).toList());
  }

  /** A lane may come up when the level has already been given up. */
  private void deployed(String id) {
    if (closed) {
      vertx.undeploy(id);
    } else {
      deployments.add(id);
    }
  }

  Future<Void> connect() {
    return Future.all(lanes.stream().map(LaneVerticle::connect).toList()).mapEmpty();
  }

  void begin(EncodedPrompts prompts, boolean ownEngine, long at) {
    lanes.forEach(lane -> lane.begin(prompts, ownEngine, at));
  }

  void halt(Outcome inFlight) {
    lanes.forEach(lane -> lane.halt(inFlight));
  }

  void startNoMore() {
    lanes.forEach(LaneVerticle::startNoMore);
  }

  void close() {
    closed = true;
    deployments.forEach(vertx::undeploy);
  }
}
