package io.streamgauge.controller.run;

import io.streamgauge.common.HostPort;
import io.streamgauge.common.json.Durations;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.node.Knock;
import io.streamgauge.controller.fleet.AgentClient;
import io.streamgauge.controller.fleet.Fleet;
import io.streamgauge.controller.fleet.Member;
import io.streamgauge.controller.wait.Deadline;
import io.streamgauge.controller.wait.RunLimits;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * How long agents are waited for that may hold measurements which they have not handed over: those
 * of a controller that was killed, and those behind a cut link or in a process that stood still.
 * One that is back is told to stop. On the controller's virtual thread.
 */
final class Stragglers {
  /** Where nobody listens twice in a row there is no process any more. */
  private static final int CERTAIN = 2;

  private static final Duration KNOCK_EVERY = Duration.ofSeconds(1);

  private final Fleet fleet;
  private final AgentClient client;
  private final RunLimits limits;
  private final String runId;
  private final Deadline back;
  private final Map<String, Deadline> stopped = new HashMap<>();
  private final Map<String, Door> doors = new HashMap<>();

  /** They are waited for from now on. */
  Stragglers(Fleet fleet, AgentClient client, RunLimits limits, String runId) {
    this.fleet = fleet;
    this.client = client;
    this.limits = limits;
    this.runId = runId;
    this.back = Deadline.after(limits.recovery());
  }

  /**
   * Why nothing more is to be expected of an agent; empty while something is.
   *
   * @param instance of its process in the run
   * @param place where that takes part in the cluster; without one it cannot be cut off
   */
  Optional<String> absence(String agent, String instance, Optional<HostPort> place) {
    Optional<Member> member = fleet.member(agent);
    if (member.filter(known -> !known.instance().equals(instance)).isPresent()) {
      return Optional.of("it was started anew");
    }
    if (member.filter(Member::left).isPresent()) {
      return Optional.of("it said farewell");
    }
    return member.filter(fleet::present).isPresent() ? delay(agent) : silence(agent, place);
  }

  private Optional<String> silence(String agent, Optional<HostPort> place) {
    if (place.isPresent() && doors.computeIfAbsent(agent, _ -> new Door(place.get())).isGone()) {
      return Optional.of("its process has ended");
    }
    return back.passed()
        ? Optional.of("it did not come back within " + Durations.format(limits.recovery()))
        : Optional.empty();
  }

  private Optional<String> delay(String agent) {
    Deadline limit =
        stopped.computeIfAbsent(
            agent,
            _ -> {
              client.tell(
                  agent,
                  new AgentCommand.Stop(runId, "the controller was gone", Outcome.CANCELLED));
              return Deadline.after(limits.ending());
            });
    return limit.passed()
        ? Optional.of("not over %s after the stop".formatted(Durations.format(limits.ending())))
        : Optional.empty();
  }

  /** An agent has handed something over: it is given time for the next. */
  void heard(String agent) {
    stopped.computeIfPresent(agent, (_, _) -> Deadline.after(limits.ending()));
  }

  /** The place where an agent listens as long as its process is there, frozen or cut off. */
  private static final class Door {
    private final HostPort place;
    private int closed;
    private Deadline next = Deadline.after(Duration.ZERO);
    private @Nullable CompletableFuture<Knock> knock;

    Door(HostPort place) {
      this.place = place;
    }

    /** Looks at the last knock, and knocks again now and then; blocks for neither. */
    boolean isGone() {
      if (knock != null && knock.isDone()) {
        closed = knock.join().answer() == Knock.Answer.REFUSED ? closed + 1 : 0;
        knock = null;
      }
      if (knock == null && next.passed()) {
        next = Deadline.after(KNOCK_EVERY);
        knock = CompletableFuture.supplyAsync(() -> Knock.at(place), Thread::startVirtualThread);
      }
      return closed >= CERTAIN;
    }
  }
}
