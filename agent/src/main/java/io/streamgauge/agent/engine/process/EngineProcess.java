package io.streamgauge.agent.engine.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.agent.engine.EngineFailure;
import io.streamgauge.agent.engine.EngineFolder;
import io.streamgauge.agent.engine.EngineNotes;
import io.streamgauge.agent.engine.kind.Launch;
import io.streamgauge.common.secret.KnownSecrets;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An engine's first process, in a process group of its own under a guard that outlives the agent
 * and takes the engine with it. What both print goes to the log file. Blocks.
 */
public final class EngineProcess {
  private static final Logger log = LoggerFactory.getLogger(EngineProcess.class);
  private static final String GUARD = guard();

  private final Process guard;
  private final EngineFolder.Paper paper;
  private final ProcessTree tree;
  private final KnownSecrets secrets;
  private final long startedAt = System.nanoTime();
  private volatile Optional<ExitStatus> exit = Optional.empty();
  private volatile boolean running = true;
  private int noted;

  private EngineProcess(
      Process guard, EngineFolder.Paper paper, ProcessTree tree, KnownSecrets secrets) {
    this.guard = guard;
    this.paper = paper;
    this.tree = tree;
    this.secrets = secrets;
  }

  /**
   * Starts a command.
   *
   * @param exited called from another thread when its first process has ended
   * @throws EngineFailure when it cannot be started
   */
  public static EngineProcess start(Launch launch, EngineFolder.Paper paper, Runnable exited) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "bash", "-c", GUARD, "engine", paper.notes().toString(), paper.log().toString()));
    command.addAll(launch.argv());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(paper.log().toFile()));
    builder.environment().putAll(launch.env());
    Process guard;
    try {
      guard = builder.start();
    } catch (IOException e) {
      throw new EngineFailure("bash, which guards engines, cannot be started: " + e.getMessage());
    }
    try {
      return begun(guard, launch, paper, exited);
    } catch (RuntimeException | Error e) {
      letGo(guard);
      throw e;
    }
  }

  private static EngineProcess begun(
      Process guard, Launch launch, EngineFolder.Paper paper, Runnable exited) {
    BufferedReader said = guard.inputReader(UTF_8);
    long pid = number(line(said), "pid ");
    if (pid <= 0) {
      throw new EngineFailure(
          "the engine's guard did not start", new LogTail(paper.log(), launch.secrets()).lines());
    }
    EngineProcess process =
        new EngineProcess(guard, paper, new ProcessTree(root(pid)), launch.secrets());
    process.look();
    Thread.ofVirtual().name("engine-exit").start(() -> process.awaitExit(said, exited));
    return process;
  }

  /** The guard takes it for the agent's death: it kills all that descends from the engine. */
  private static void letGo(Process guard) {
    try {
      guard.getOutputStream().close();
    } catch (IOException e) {
      log.warn("the guard of an engine is gone: {}", e.toString());
    }
  }

  /** One that has ended already leaves nothing but its number. */
  private static ProcessStat root(long pid) {
    long session =
        ProcessStat.of(ProcessHandle.current().pid()).map(ProcessStat::session).orElse(0L);
    return ProcessStat.of(pid).orElseGet(() -> new ProcessStat(pid, 'X', 0, pid, session, 0));
  }

  private void awaitExit(BufferedReader said, Runnable exited) {
    long code = number(line(said), "exit ");
    exit = code < 0 ? Optional.empty() : Optional.of(new ExitStatus((int) code));
    running = false;
    exited.run();
  }

  private static String line(BufferedReader said) {
    try {
      return String.valueOf(said.readLine());
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static long number(String line, String word) {
    return line.matches(word + "\\d{1,18}") ? Long.parseLong(line.substring(word.length())) : -1;
  }

  public boolean running() {
    return running;
  }

  /** How the first process ended, in words; where its guard was killed nobody knows. */
  public String ending() {
    return exit.map(ExitStatus::text).orElse("exit code unknown, its guard was killed");
  }

  /** How long ago it was started. */
  public Duration age() {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }

  public ProcessTree tree() {
    return tree;
  }

  public LogTail tail() {
    return new LogTail(paper.log(), secrets);
  }

  /** What it was given and may print. */
  public KnownSecrets secrets() {
    return secrets;
  }

  public Path log() {
    return paper.log();
  }

  /** Looks for new descendants, and notes them for those who clean up after this agent. */
  public List<ProcessStat> look() {
    List<ProcessStat> alive = tree.alive();
    if (tree.known().size() != noted) {
      noted = tree.known().size();
      EngineNotes.of(tree).write(paper.notes());
    }
    return alive;
  }

  /** The same for the end of the engine, which does not depend on what can be noted of it. */
  List<ProcessStat> left() {
    try {
      return look();
    } catch (EngineFailure e) {
      log.warn(e.reason());
      return tree.alive();
    }
  }

  /** Where the engine cannot be ended in order: its guard kills it. */
  public void abandon() {
    letGo(guard);
  }

  /** Sends a signal such as INT to the process group. */
  void signal(String name) {
    tell("signal " + name);
  }

  /** Nothing of it is left: the guard has nothing to do any more. */
  void release() throws IOException {
    tell("done");
    guard.getOutputStream().close();
    paper.clear();
  }

  private void tell(String words) {
    try {
      guard.getOutputStream().write((words + "\n").getBytes(UTF_8));
      guard.getOutputStream().flush();
    } catch (IOException e) {
      log.warn("the guard of engine process {} is gone: {}", tree.root().pid(), e.toString());
    }
  }

  private static String guard() {
    try (InputStream script = EngineProcess.class.getResourceAsStream("guard.sh")) {
      if (script == null) {
        throw new IllegalStateException("guard.sh is missing in this build");
      }
      return new String(script.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
