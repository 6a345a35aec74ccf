package io.streamgauge.controller.run;

import io.streamgauge.common.measure.AgentInfo;
import io.streamgauge.common.message.FleetCall;
import io.streamgauge.common.message.Leave;
import io.streamgauge.common.message.Message;
import io.streamgauge.common.message.Register;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;

/**
 * The agents that have introduced themselves, and when they were heard last. Whoever is silent for
 * {@link #LOST_AFTER} or has said farewell is not there. May be read from any thread.
 */
public final class Fleet {
  /** Three heartbeats. */
  public static final Duration LOST_AFTER = Duration.ofSeconds(3);

  private final Map<String, Member> members = new ConcurrentSkipListMap<>();
  private final LongSupplier clock;

  public Fleet() {
    this(System::nanoTime);
  }

  /** {@code clock} in ns, only ever forward. */
  Fleet(LongSupplier clock) {
    this.clock = clock;
  }

  /**
   * Takes in what an agent says of itself. One that comes again replaces what was known of it.
   *
   * @throws IllegalArgumentException when it is of another protocol, or its id is in use
   */
  public void take(FleetCall call) {
    switch (call) {
      case Register register -> register(register);
      case Leave leave ->
          members.computeIfPresent(
              leave.id(),
              (_, known) -> known.instance().equals(leave.instance()) ? known.leaving() : known);
    }
  }

  private void register(Register request) {
    AgentInfo agent = request.agent();
    if (request.protocol() != Message.PROTOCOL) {
      throw new IllegalArgumentException(
          "protocol: %d is not valid, expected %d: agent %s is of another version (%s)"
              .formatted(request.protocol(), Message.PROTOCOL, agent.id(), agent.version()));
    }
    Member known = members.get(agent.id());
    if (known != null && present(known) && !known.instance().equals(request.instance())) {
      throw new IllegalArgumentException(
          "id: %s is not valid, expected one that no other agent has: %s on %s has it"
              .formatted(agent.id(), known.info().id(), known.info().host()));
    }
    members.put(
        agent.id(),
        new Member(
            agent,
            request.instance(),
            request.address(),
            request.clock(),
            clock.getAsLong(),
            false));
  }

  /** Agents that are there and fire load, by id. */
  public List<AgentInfo> load() {
    return withRole("load");
  }

  /** Agents that are there and can start engines, by id. */
  public List<AgentInfo> gpu() {
    return withRole("gpu");
  }

  private List<AgentInfo> withRole(String role) {
    return members.values().stream()
        .filter(this::present)
        .map(Member::info)
        .filter(agent -> agent.roles().contains(role))
        .toList();
  }

  /** Everyone who was ever there, by id. */
  public List<Member> everyone() {
    return List.copyOf(members.values());
  }

  public Optional<Member> member(String agent) {
    return Optional.ofNullable(members.get(agent));
  }

  /** How long ago a member was heard. */
  public Duration silence(Member member) {
    return Duration.ofNanos(clock.getAsLong() - member.heardAt());
  }

  public boolean present(Member member) {
    return !member.left() && silence(member).compareTo(LOST_AFTER) < 0;
  }
}
