package io.streamgauge.agent.engine;

import static io.streamgauge.agent.engine.FakeHost.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.agent.engine.process.ProcessStat;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents that get SIGKILL, and what is left of their engines: nothing. */
@Tag("chaos")
class OrphanTest {
  private static final List<String> STUBBORN =
      List.of("sh", "-c", "trap '' INT TERM HUP; \"$0\" \"$@\" & wait");

  @TempDir private Path folder;
  private FakeHost fake;
  private final List<Process> agents = new ArrayList<>();

  @BeforeEach
  void makeHost() {
    fake = FakeHost.in(folder);
  }

  @AfterEach
  void endAll() throws Exception {
    for (Process agent : agents) {
      agent.destroyForcibly().waitFor();
    }
    for (long pid : fake.processes()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private Process agent(String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                FakeAgent.class.getName(),
                folder.toString(),
                Integer.toString(fake.port()),
                fake.marker()));
    command.addAll(List.of(more));
    Process agent =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.to(folder.resolve("agent.err").toFile()))
            .start();
    agents.add(agent);
    return agent;
  }

  private static void awaitWord(BufferedReader said, String word) throws IOException {
    String line = said.readLine();
    while (line != null && !line.equals(word)) {
      line = said.readLine();
    }
    assertThat(line).as("what the agent says").isEqualTo(word);
  }

  /** By the clock of the machine, which is the measure that the engine's owner has too. */
  private void killAndFindNothing(Process agent) throws Exception {
    assertThat(fake.processes()).as("processes before the kill").isNotEmpty();
    leaveADraft();
    agent.destroyForcibly().waitFor();

    eventually("no process is left", () -> fake.processes().isEmpty());
    eventually("the port is free", fake::portFree);
    eventually("its notes and its folder are gone", () -> files().isEmpty());
  }

  @Test
  void anAgentKilledWhileItsEngineStartsLeavesNothing() throws Exception {
    fake.withEngine("never-ready,children");
    Process agent = agent();
    awaitWord(agent.inputReader(), "EngineProgress");
    eventually("the engine and its children run", () -> fake.processes().size() == 3);

    killAndFindNothing(agent);
  }

  @Test
  void anAgentKilledWhileItsEngineRunsLeavesNothing() throws Exception {
    fake.withEngine("children", "60s", STUBBORN);
    Process agent = agent();
    awaitWord(agent.inputReader(), "EngineReady");

    killAndFindNothing(agent);
  }

  @Test
  void anAgentKilledWhileItStopsItsEngineLeavesNothing() throws Exception {
    fake.withEngine("children", "60s", STUBBORN);
    Process agent = agent();
    BufferedReader said = agent.inputReader();
    awaitWord(said, "EngineReady");
    agent.outputWriter().append("stop\n").flush();
    awaitWord(said, "stopping");

    killAndFindNothing(agent);
  }

  @Test
  void whatAGuardCouldNotEndTheNextAgentEnds() throws Exception {
    fake.withEngine("children");
    Process agent = agent();
    awaitWord(agent.inputReader(), "EngineReady");
    eventually("the engine and its children run", () -> fake.processes().size() == 3);
    for (ProcessHandle guard : agent.descendants().toList()) {
      if (ProcessStat.command(guard.pid()).startsWith("bash -c ")) {
        guard.destroyForcibly();
      }
    }
    leaveADraft();
    agent.destroyForcibly().waitFor();
    assertThat(fake.processes()).hasSize(3);

    Process next = agent("clean up only");
    awaitWord(next.inputReader(), "clean");

    assertThat(fake.processes()).isEmpty();
    assertThat(files()).isEmpty();
  }

  @Test
  void anAgentTouchesNothingOfOneThatLives() throws Exception {
    fake.withEngine("none");
    Process agent = agent();
    awaitWord(agent.inputReader(), "EngineReady");

    assertThat(new EngineFolder(fake.notes()).clean()).isEmpty();

    assertThat(fake.processes()).hasSize(1);
    eventually("its notes and its folder are there", () -> files().size() == 2);
    killAndFindNothing(agent);
  }

  /** As an agent does that is killed while it writes its notes anew. */
  private void leaveADraft() throws IOException {
    for (Path file : files()) {
      if (file.toString().endsWith(".notes")) {
        Files.createFile(file.resolveSibling("." + file.getFileName() + ".0badcafe.tmp"));
      }
    }
  }

  /** What is there of an engine beside its log. */
  private List<Path> files() {
    try (Stream<Path> files = Files.list(fake.notes())) {
      return files.filter(file -> !file.toString().endsWith(".log")).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
