package io.streamgauge.agent.engine.process;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An engine's processes: its first one, everything that descends from it, and the members of its
 * process group. What was seen once stays known, so that a child is found when its parent is gone.
 * Processes are told apart by pid and start, never by name.
 */
public final class ProcessTree {
  private final ProcessStat root;
  private final Set<Member> known = new HashSet<>();

  /** A process for all time. */
  public record Member(long pid, long startTicks) {
    public static Member of(ProcessStat stat) {
      return new Member(stat.pid(), stat.startTicks());
    }

    /** Sends SIGKILL, if it is still the one that it was. */
    public void kill() {
      if (ProcessStat.of(pid).filter(now -> now.alive() && of(now).equals(this)).isPresent()) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
  }

  /** {@code root} leads the process group. */
  public ProcessTree(ProcessStat root) {
    this(root, List.of());
  }

  /** With what is known of it already. */
  public ProcessTree(ProcessStat root, Collection<Member> known) {
    this.root = root;
    this.known.addAll(known);
    this.known.add(Member.of(root));
  }

  public ProcessStat root() {
    return root;
  }

  /** Everyone who was ever seen. */
  public synchronized Set<Member> known() {
    return Set.copyOf(known);
  }

  /** Looks at the host and returns who of the tree lives. Reads {@code /proc}: blocks. */
  public List<ProcessStat> alive() {
    return alive(ProcessStat.all());
  }

  public synchronized List<ProcessStat> alive(List<ProcessStat> all) {
    Map<Long, ProcessStat> byPid = new HashMap<>();
    all.forEach(stat -> byPid.put(stat.pid(), stat));
    all.stream().filter(stat -> ours(stat, byPid)).map(Member::of).forEach(known::add);
    return all.stream().filter(stat -> stat.alive() && known.contains(Member.of(stat))).toList();
  }

  /** A group's id is not given to a stranger as long as it has members; the session makes sure. */
  private boolean ours(ProcessStat stat, Map<Long, ProcessStat> byPid) {
    if (stat.group() == root.group()
        && stat.session() == root.session()
        && stat.startTicks() >= root.startTicks()) {
      return true;
    }
    ProcessStat up = stat;
    for (int depth = 0; up != null && depth < byPid.size(); depth++) {
      if (known.contains(Member.of(up))) {
        return true;
      }
      up = byPid.get(up.parent());
    }
    return false;
  }

  /** Sends SIGKILL to all that live. */
  public void kill() {
    alive().forEach(stat -> Member.of(stat).kill());
  }
}
