package io.streamgauge.agent.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.agent.engine.process.ProcessStat;
import io.streamgauge.agent.engine.process.ProcessTree;
import io.streamgauge.agent.engine.process.ProcessTree.Member;
import io.streamgauge.common.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a file says of an engine for those who come when its agent is gone: the agent, the engine's
 * first process, and all its processes, by pid and start.
 */
public record EngineNotes(Member agent, ProcessStat root, List<Member> processes) {
  public EngineNotes {
    processes = List.copyOf(processes);
  }

  public static EngineNotes of(ProcessTree tree) {
    return new EngineNotes(self(), tree.root(), List.copyOf(tree.known()));
  }

  private static Member self() {
    return ProcessStat.of(ProcessHandle.current().pid())
        .map(Member::of)
        .orElseThrow(() -> new EngineFailure("this process is not found in /proc"));
  }

  boolean agentLives() {
    return ProcessStat.of(agent.pid())
        .filter(now -> now.alive() && Member.of(now).equals(agent))
        .isPresent();
  }

  ProcessTree tree() {
    return new ProcessTree(root, processes);
  }

  /** Whole or not at all; the guard's script reads it too. */
  public void write(Path file) {
    StringBuilder text = new StringBuilder();
    text.append("agent %d %d\n".formatted(agent.pid(), agent.startTicks()));
    text.append("root %d %d %d\n".formatted(root.pid(), root.startTicks(), root.session()));
    processes.forEach(one -> text.append("process %d %d\n".formatted(one.pid(), one.startTicks())));
    try {
      WholeFile.replace(file, text.toString().getBytes(UTF_8));
    } catch (IOException e) {
      throw new EngineFailure("the engine's processes cannot be noted: " + e);
    }
  }

  /** Empty when the file says nothing of use. */
  static Optional<EngineNotes> read(Path file) throws IOException {
    Optional<Member> agent = Optional.empty();
    Optional<ProcessStat> root = Optional.empty();
    List<Member> processes = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "agent" -> agent = Optional.of(member(words));
        case "process" -> processes.add(member(words));
        case "root" -> root = Optional.of(root(words));
        default -> {}
      }
    }
    Optional<ProcessStat> first = root;
    return agent.flatMap(one -> first.map(stat -> new EngineNotes(one, stat, processes)));
  }

  private static Member member(String[] words) {
    return new Member(Long.parseLong(words[1]), Long.parseLong(words[2]));
  }

  private static ProcessStat root(String[] words) {
    long pid = Long.parseLong(words[1]);
    return new ProcessStat(pid, 'X', 0, pid, Long.parseLong(words[3]), Long.parseLong(words[2]));
  }
}
