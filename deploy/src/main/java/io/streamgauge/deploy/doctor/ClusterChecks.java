package io.streamgauge.deploy.doctor;

import io.streamgauge.common.HostPort;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.message.Inquiry;
import io.streamgauge.common.message.Message;
import io.streamgauge.common.message.Roster;
import io.streamgauge.common.node.Knock;
import io.streamgauge.common.node.Membership;
import io.streamgauge.common.node.Node;
import io.streamgauge.common.node.NodeOptions;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Goes the way of an agent that joins, and tells where it ends: the name, the port, the cluster,
 * the event bus, the controller. It joins for a moment, which a measurement would notice.
 */
public final class ClusterChecks {
  private static final long JOIN_SECONDS = 60;
  private static final long SUBSCRIBED_NANOS = TimeUnit.SECONDS.toNanos(15);
  private static final long PAUSE_MILLIS = 250;

  private final NodeOptions options;
  private final Optional<String> key;
  private final List<Check> checks = new ArrayList<>();
  private Optional<Roster> roster = Optional.empty();

  /**
   * @param options as an agent of this host would have them
   * @param key the fingerprint of the controller's key that it would have
   */
  public ClusterChecks(NodeOptions options, Optional<String> key) {
    // Beside an agent that has its port already.
    this.options =
        new NodeOptions(
            new HostPort(options.bind().host(), 0),
            options.members(),
            options.cluster(),
            options.tls());
    this.key = key;
  }

  /** Blocks for up to two minutes. */
  public List<Check> run() {
    List<Knock> knocks = options.members().stream().map(Knock::all).flatMap(List::stream).toList();
    List<HostPort> reached = knocks.stream().filter(Knock::member).map(Knock::place).toList();
    knocks.forEach(knock -> checks.add(check(knock, reached.isEmpty())));
    if (reached.isEmpty()) {
      return checks;
    }
    try {
      Membership membership = Node.join(options).timeout(JOIN_SECONDS, TimeUnit.SECONDS).await();
      try {
        joined(membership, reached);
      } finally {
        membership.vertx().close().await();
      }
    } catch (PlanException wrong) {
      checks.add(
          Check.problem("cluster", String.valueOf(wrong.getMessage()), "choose another --bind"));
    } catch (RuntimeException e) {
      checks.add(
          Check.problem(
              "cluster",
              "cannot be joined: " + e.getMessage(),
              "its members must be of this version; their logs say more"));
    }
    return checks;
  }

  /** Who is there, if a controller answered. */
  public Optional<Roster> roster() {
    return roster;
  }

  private static Check check(Knock knock, boolean none) {
    String topic = "member " + knock.place();
    if (knock.member()) {
      return Check.ok(topic, knock.meaning());
    }
    return none
        ? Check.problem(topic, knock.meaning(), "an agent here waits until this is mended")
        : Check.warning(topic, knock.meaning(), "an agent here joins by the other members");
  }

  private void joined(Membership membership, List<HostPort> reached) {
    List<HostPort> others = membership.others();
    if (others.isEmpty()) {
      checks.add(
          Check.problem(
              "cluster",
              "%s leaves this host outside: its cluster's name is not %s, or its version another"
                  .formatted(reached, options.cluster()),
              "give --cluster the controller's name, which it prints at its start"));
      return;
    }
    checks.add(Check.ok("cluster", "%s: %s".formatted(options.cluster(), others)));
    BusProbe bus = new BusProbe(membership.vertx(), options.tls());
    reached.forEach(place -> checks.add(bus.at(new HostPort(place.host(), place.port() + 1))));
    try {
      roster = Optional.of(ask(membership.vertx()));
      checks.addAll(ControllerFacts.of(roster.get()).checks(Message.PROTOCOL, key));
    } catch (ReplyException e) {
      checks.add(silent(e.failureType(), others));
    }
  }

  /** A subscription takes a moment to be known to who has just joined. */
  private static Roster ask(Vertx vertx) {
    long limit = System.nanoTime() + SUBSCRIBED_NANOS;
    while (true) {
      try {
        return Endpoints.roster().ask(vertx, new Inquiry(Message.PROTOCOL)).await();
      } catch (ReplyException e) {
        if (e.failureType() != ReplyFailure.NO_HANDLERS || System.nanoTime() > limit) {
          throw e;
        }
      }
      vertx.timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS).await();
    }
  }

  private static Check silent(ReplyFailure failure, List<HostPort> others) {
    return switch (failure) {
      case NO_HANDLERS ->
          Check.problem(
              "controller",
              "none is among the members %s: it does not run, or is of a version that does not tell"
                  .formatted(others),
              "start one: streamgauge controller");
      case TIMEOUT, RECIPIENT_FAILURE, ERROR ->
          Check.problem(
              "controller",
              "it is in the cluster, but does not answer",
              "see the bus above; the controller must also reach this host's ports, and an agent's"
                  + " --bind with its port and the next one");
    };
  }
}
