package io.streamgauge.controller.fleet;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.message.Claim;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.message.Inquiry;
import io.streamgauge.common.message.Message;
import io.streamgauge.common.message.Roster;
import io.streamgauge.common.message.RunEvent;
import io.streamgauge.common.node.Version;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a cluster has one controller: one that comes to another is refused, and where two
 * meet later, as two clusters grow together, one of them gives way. On the controller's context.
 */
public final class Rivals {
  private static final Logger log = LoggerFactory.getLogger(Rivals.class);
  private static final long EVERY_MILLIS = 1_000;

  /** Of an asked one's time-out each: a member that was killed is known to all by then. */
  private static final int TRIES = 3;

  private final Vertx vertx;
  private final String place;
  private final Supplier<Optional<String>> run;
  private final String instance = UUID.randomUUID().toString();
  private final long since = System.nanoTime();
  private final Set<String> refused = new HashSet<>();
  private final Promise<String> yielded = Promise.promise();

  /**
   * @param place where this controller is in the cluster
   * @param run the run that is on
   */
  public Rivals(Vertx vertx, String place, Supplier<Optional<String>> run) {
    this.vertx = vertx;
    this.place = place;
    this.run = run;
  }

  /**
   * Looks for a controller before this one takes any part, and tells it that one was refused.
   *
   * @throws PlanException when there is one
   */
  public static void requireNone(Vertx vertx, String place, String cluster) {
    // First: that the question after it is answered shows that it was heard.
    Endpoints.claim(vertx, new Rivals(vertx, place, Optional::empty).claim());
    Optional<String> other = other(vertx, TRIES);
    if (other.isPresent()) {
      throw new PlanException(
          "cluster",
          cluster,
          "a cluster without a controller: %s; end that one, or give this one and its agents"
                  .formatted(other.get())
              + " another --cluster name");
    }
  }

  private static Optional<String> other(Vertx vertx, int tries) {
    try {
      Roster roster = Endpoints.roster().ask(vertx, new Inquiry(Message.PROTOCOL)).await();
      return Optional.of(
          "another one is there (streamgauge %s, %s)"
              .formatted(
                  roster.version(),
                  roster.run().map(id -> "run " + id + " is on").orElse("no run is on")));
    } catch (ReplyException e) {
      if (e.failureType() == ReplyFailure.NO_HANDLERS) {
        return Optional.empty();
      }
      return tries > 1
          ? other(vertx, tries - 1)
          : Optional.of("another one is there, which does not answer: " + e.getMessage());
    }
  }

  /** Tells this controller apart from every other one. */
  public String instance() {
    return instance;
  }

  /** Claims the cluster from now on, where there is one. */
  public void watch() {
    if (vertx.isClustered()) {
      Endpoints.claims(vertx, this::hear);
      vertx.setPeriodic(0, EVERY_MILLIS, _ -> Endpoints.claim(vertx, claim()));
    }
  }

  private Claim claim() {
    return new Claim(
        instance, place, Version.TOOL, (System.nanoTime() - since) / 1_000_000, run.get());
  }

  private void hear(Claim other) {
    if (other.instance().equals(instance)) {
      return;
    }
    Claim own = claim();
    if (own.yieldsTo(other)) {
      yielded.tryComplete("a cluster has one controller: this one gives way to " + other.text());
    } else if (refused.add(other.instance())) {
      String text = "a second controller came and is refused: " + other.text();
      log.warn(text);
      own.run().ifPresent(id -> Endpoints.publish(vertx, new RunEvent.Note(id, text)));
    }
  }

  /** Completes, with the reason, when this controller has to end for another one. */
  public Future<String> yielded() {
    return yielded.future();
  }
}
