package io.streamgauge.controller.fleet;

import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.agent.EngineView;
import io.streamgauge.common.agent.HostCalibration;
import io.streamgauge.common.message.FleetCall;
import io.streamgauge.common.message.Leave;
import io.streamgauge.common.message.Message;
import io.streamgauge.common.message.Register;
import io.streamgauge.common.message.Stranger;
import io.streamgauge.common.node.Version;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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
  private final Map<String, EngineView> engines = new ConcurrentHashMap<>();
  private final Map<String, Double> capacities = new ConcurrentHashMap<>();
  private final TurnedAway.Book turnedAway = new TurnedAway.Book();
  private final Optional<String> key;
  private final LongSupplier clock;

  /** {@code key} is the fingerprint of the key that agents must obey, where it is known. */
  public Fleet(Optional<String> key) {
    this(key, System::nanoTime);
  }

  /** {@code clock} in ns, only ever forward. */
  Fleet(Optional<String> key, LongSupplier clock) {
    this.key = key;
    this.clock = clock;
  }

  /**
   * Takes in what an agent says of itself. One that comes again replaces what was known of it.
   *
   * @throws IllegalArgumentException when it is turned away: it is of another protocol, obeys
   *     another controller, or its id is in use
   */
  public void take(FleetCall call) {
    switch (call) {
      case Register register -> register(register);
      case Stranger stranger ->
          throw turnAway(TurnedAway.of(stranger, protocol(stranger), clock.getAsLong()));
      case Leave leave ->
          members.computeIfPresent(
              leave.id(),
              (_, known) -> known.instance().equals(leave.instance()) ? known.leaving() : known);
    }
  }

  private void register(Register request) {
    AgentInfo agent = request.agent();
    Optional<String> refusal = refusal(request, Optional.ofNullable(members.get(agent.id())));
    if (refusal.isPresent()) {
      throw turnAway(TurnedAway.of(request, refusal.get(), clock.getAsLong()));
    }
    turnedAway.forget(agent.id(), request.instance());
    Member before =
        members.put(
            agent.id(),
            new Member(
                agent,
                request.instance(),
                request.address(),
                request.clock(),
                clock.getAsLong(),
                request.place(),
                false));
    if (before != null && !before.instance().equals(request.instance())) {
      engines.remove(agent.id()); // it ended with the process that managed it
    }
  }

  /** What an agent's engine does now; empty when it has none any more. */
  public void manages(String agent, Optional<EngineView> engine) {
    engine.ifPresentOrElse(one -> engines.put(agent, one), () -> engines.remove(agent));
  }

  /** The engines of an agent that is there. */
  List<EngineView> engines(Member member) {
    return present(member)
        ? Optional.ofNullable(engines.get(member.info().id())).stream().toList()
        : List.of();
  }

  /** What the host of an agent was seen to take. */
  public void calibrated(String agent, HostCalibration calibration) {
    capacities.put(agent, calibration.laneCapacity());
  }

  /** Events per second at which the lanes of an agent have no time left, where that is known. */
  Optional<Double> capacity(AgentInfo agent) {
    return Optional.ofNullable(capacities.get(agent.id())).map(lane -> lane * agent.lanes());
  }

  private Optional<String> refusal(Register request, Optional<Member> known) {
    AgentInfo agent = request.agent();
    if (request.protocol() != Message.PROTOCOL) {
      return Optional.of(protocol(new Stranger(request.protocol(), agent.id(), agent.version())));
    }
    if (key.isPresent() && request.key().isPresent() && !key.equals(request.key())) {
      return Optional.of(
          ("controller-key: %s is not valid, expected %s: agent %s obeys another controller; give"
                  + " it this one's controller.pub")
              .formatted(request.key().get(), key.get(), agent.id()));
    }
    return known
        .filter(member -> present(member) && !member.instance().equals(request.instance()))
        .map(
            member ->
                "id: %s is not valid, expected one that no other agent has: %s on %s has it"
                    .formatted(agent.id(), member.info().id(), member.info().host()));
  }

  private static String protocol(Stranger stranger) {
    return "protocol: %d is not valid, expected %d: agent %s is of another version (%s, here %s)"
        .formatted(
            stranger.protocol(), Message.PROTOCOL, stranger.id(), stranger.version(), Version.TOOL);
  }

  private IllegalArgumentException turnAway(TurnedAway agent) {
    turnedAway.put(agent);
    return new IllegalArgumentException(agent.reason());
  }

  /** Agents that came lately and were not taken in, by id. */
  public List<TurnedAway> turnedAway() {
    return turnedAway.lately(clock.getAsLong());
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
    return since(member.heardAt());
  }

  /** How long ago {@code heardAt} was. */
  public Duration since(long heardAt) {
    return Duration.ofNanos(clock.getAsLong() - heardAt);
  }

  public boolean present(Member member) {
    return !member.left() && silence(member).compareTo(LOST_AFTER) < 0;
  }
}
