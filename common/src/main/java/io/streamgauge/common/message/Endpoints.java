package io.streamgauge.common.message;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.function.Consumer;

/** All addresses of the event bus. */
public final class Endpoints {
  private static final String CLAIMS = "gauge.claims";
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  /** Agents introduce themselves to the controller. */
  public static Endpoint<FleetCall, Registered> fleet() {
    return new Endpoint<>("gauge.fleet", FleetCall.class, Registered.class, HEARTBEAT);
  }

  /** Whoever looks for the controller, or for who is missing, asks it. */
  public static Endpoint<Inquiry, Roster> roster() {
    return new Endpoint<>("gauge.roster", Inquiry.class, Roster.class, TIMEOUT);
  }

  /** Tells all controllers of the cluster that there is this one. */
  public static void claim(Vertx vertx, Claim claim) {
    vertx.eventBus().publish(CLAIMS, claim, WireCodec.options());
  }

  /** Hears the claims of all controllers of the cluster, also this one's own. */
  public static MessageConsumer<Message> claims(Vertx vertx, Consumer<Claim> hearer) {
    return vertx
        .eventBus()
        .consumer(CLAIMS, message -> hearer.accept(Claim.class.cast(message.body())));
  }

  /** The controller commands an agent, at the address that its introduction names. */
  public static Endpoint<Order, AgentReply> agent(String address) {
    return new Endpoint<>("gauge.agent." + address, Order.class, AgentReply.class, TIMEOUT);
  }

  /**
   * The same within one process, whose memory needs no signature: neither side can be reached by
   * another member.
   */
  public static Endpoint<AgentCommand, AgentReply> agentHere(String address) {
    return new Endpoint<>("gauge.agent." + address, AgentCommand.class, AgentReply.class, TIMEOUT);
  }

  /** Agents report on a run. */
  public static Endpoint<AgentEvent, Ack> run(String id) {
    return new Endpoint<>("gauge.run." + id, AgentEvent.class, Ack.class, TIMEOUT);
  }

  /** A user's command asks the controller in its own process; no other member can. */
  public static Endpoint<ControllerCommand, ControllerReply> control() {
    return new Endpoint<>("gauge.control", ControllerCommand.class, ControllerReply.class, TIMEOUT);
  }

  /**
   * Publishes a run's event to whoever watches in this process: it names files, so no other member
   * may make one up.
   */
  public static void publish(Vertx vertx, RunEvent event) {
    vertx.eventBus().publish(live(event.runId()), event, WireCodec.options().setLocalOnly(true));
  }

  /** Watches a run to its end; call it before the run is submitted so that nothing is missed. */
  public static void watch(Vertx vertx, String runId, Consumer<RunEvent> watcher) {
    MessageConsumer<Message> consumer = vertx.eventBus().localConsumer(live(runId));
    consumer.handler(
        message -> {
          RunEvent event = RunEvent.class.cast(message.body());
          if (event instanceof RunEvent.Ended) {
            consumer.unregister();
          }
          watcher.accept(event);
        });
  }

  private static String live(String runId) {
    return "gauge.live." + runId;
  }

  private Endpoints() {}
}
