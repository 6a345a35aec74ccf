package io.streamgauge.controller.level;

import io.streamgauge.controller.fleet.LevelMembers;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Agents of a level that fell silent, and may be back with what they measured. */
final class Silenced {
  private final LevelMembers members;
  private final Deliveries deliveries;
  private final Set<String> agents = new HashSet<>();
  private final Set<String> met = new HashSet<>();

  Silenced(LevelMembers members, Deliveries deliveries) {
    this.members = members;
    this.deliveries = deliveries;
  }

  void add(String agent) {
    agents.add(agent);
  }

  void remove(String agent) {
    agents.remove(agent);
  }

  /** Those that have not told all. */
  List<String> owing() {
    return agents.stream().filter(agent -> !deliveries.finished(agent)).sorted().toList();
  }

  boolean anyBack() {
    return owing().stream().anyMatch(members::back);
  }

  /** Each once: it may have missed the order that it was given when it was counted as lost. */
  List<String> newlyBack() {
    return owing().stream().filter(members::back).filter(met::add).toList();
  }
}
