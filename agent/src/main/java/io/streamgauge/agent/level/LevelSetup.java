package io.streamgauge.agent.level;

import io.streamgauge.agent.calibrate.Calibration;
import io.streamgauge.agent.client.TargetProber;
import io.streamgauge.agent.client.Wires;
import io.streamgauge.agent.client.wire.kernel.FileTable;
import io.streamgauge.agent.host.CompilerRest;
import io.streamgauge.agent.host.Garbage;
import io.streamgauge.agent.link.Heartbeat;
import io.streamgauge.agent.load.EncodedPrompts;
import io.streamgauge.agent.stream.scan.Rehearsal;
import io.streamgauge.common.agent.HostCalibration;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.message.AgentCommand.Prepare;
import io.streamgauge.common.message.AgentEvent.Prepared;
import io.streamgauge.common.node.ConnectionRoom;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets a level's lanes ready for the order to start. On the agent's context. */
final class LevelSetup {
  private static final Logger log = LoggerFactory.getLogger(LevelSetup.class);

  private final Vertx vertx;
  private final Future<Void> warm;
  private final Calibration calibration;
  private final LevelEvents events;
  private final Prepare order;
  private final Optional<String> apiKey;
  private final List<Prompt> prompts;
  private final Lanes lanes;
  private @Nullable Requests requests;

  /** What the lanes send, for the model that requests are taken to name. */
  private record Requests(String model, EncodedPrompts encoded) {}

  LevelSetup(
      Vertx vertx,
      Future<Void> warm,
      Calibration calibration,
      LevelEvents events,
      Optional<String> apiKey,
      List<Prompt> prompts,
      Lanes lanes) {
    this.vertx = vertx;
    this.warm = warm;
    this.calibration = calibration;
    this.events = events;
    this.order = events.order();
    this.apiKey = apiKey;
    this.prompts = prompts;
    this.lanes = lanes;
  }

  /**
   * Deploys the lanes, asks the target for its models, encodes the requests, waits until the
   * process is warm, opens the first connections and reads the controller's clock; completes with
   * what to report.
   */
  Future<Prepared> run(Heartbeat heartbeat) {
    return vertx
        .executeBlocking(this::lack)
        .compose(
            lack ->
                lack.<Future<?>>map(reason -> Future.failedFuture("it needs " + reason))
                    .orElseGet(lanes::deploy))
        .compose(_ -> TargetProber.probe(vertx, order.target(), apiKey))
        .compose(probe -> encode(probe.modelOf(order.target())).map(probe))
        .compose(probe -> warm.map(probe))
        .compose(probe -> calibrated().map(host -> events.prepared(probe, host)))
        .compose(prepared -> CompilerRest.after(vertx).map(prepared))
        .compose(prepared -> Garbage.collectIfMuch(vertx).map(prepared))
        .compose(prepared -> lanes.connect().map(prepared))
        .compose(prepared -> heartbeat.sample().map(prepared));
  }

  /** Makes room for the level's connections; what lacks where there cannot be enough. */
  private Optional<String> lack() {
    FileTable.enlarge();
    int port = order.target().address().connectPort();
    return ConnectionRoom.look()
        .lack(order.share().connections(order.level()), ConnectionRoom.filesEach(port));
  }

  /** A host that cannot be tried can still be measured from; its result says so. */
  private Future<Optional<HostCalibration>> calibrated() {
    return calibration
        .of(order.level(), order.share(), Wires.stamps(vertx, order.target()))
        .map(Optional::of)
        .otherwise(
            error -> {
              log.warn("this host cannot be calibrated: {}", error.toString());
              return Optional.empty();
            });
  }

  /** The requests for a model: already encoded, unless another agent has seen another model. */
  Future<EncodedPrompts> encoded(String model) {
    Requests ready = requests;
    return ready != null && ready.model().equals(model)
        ? Future.succeededFuture(ready.encoded())
        : encode(model);
  }

  private List<Prompt> marked() {
    return order
        .mark()
        .map(mark -> prompts.stream().map(prompt -> prompt.beginningWith(mark)).toList())
        .orElse(prompts);
  }

  /** Off the lanes and off this context: a large dataset takes seconds. */
  private Future<EncodedPrompts> encode(String model) {
    return vertx
        .executeBlocking(
            () -> {
              Rehearsal.once();
              return EncodedPrompts.of(
                  order.level(), order.target(), order.request(), model, marked(), order.seed());
            },
            false)
        .onSuccess(encoded -> requests = new Requests(model, encoded));
  }
}
