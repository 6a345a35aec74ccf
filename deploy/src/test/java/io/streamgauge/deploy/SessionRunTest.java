package io.streamgauge.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import io.streamgauge.common.dataset.row.Conversation;
import io.streamgauge.common.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whole runs of conversations in turns against the simulated engine. */
@Execution(ExecutionMode.CONCURRENT)
class SessionRunTest {
  private static final int SESSIONS = 6;

  @TempDir private Path folder;
  private Path dataset = Path.of("");

  /** Conversation {@code n} has 1 to 4 turns. */
  private static int turns(int n) {
    return 1 + n % 4;
  }

  private static String asked(int n, int turn) {
    return "Question %d.%d: \"ü\" 世界 🎈\n?".formatted(n, turn);
  }

  private static String recorded(int n, int turn) {
    return "Recorded \\ answer %d.%d".formatted(n, turn);
  }

  @BeforeEach
  void write() throws IOException {
    ArrayNode rows = Json.MAPPER.createArrayNode();
    for (int n = 0; n < SESSIONS; n++) {
      ObjectNode row = rows.addObject().put("id", "c" + n);
      ArrayNode turns = row.putArray("conversations");
      for (int turn = 1; turn <= turns(n); turn++) {
        turns.addObject().put("from", "human").put("value", asked(n, turn));
        turns.addObject().put("from", "gpt").put("value", recorded(n, turn));
      }
    }
    dataset = Files.writeString(folder.resolve("shared.json"), rows.toString());
  }

  private ResultFiles run(String name, Relay relay, String... args) {
    Path output = folder.resolve(name);
    List<String> all =
        new ArrayList<>(
            List.of(
                "run",
                "--quiet",
                "--url=" + relay.url(),
                "--dataset=" + dataset,
                "--sessions",
                "--max-tokens=12",
                "--max-failed=100%",
                "--output=" + output));
    all.addAll(List.of(args));
    Cli cli = Cli.run(all.toArray(String[]::new));
    assertThat(cli.exitCode()).as(cli.out() + cli.err()).isZero();
    return new ResultFiles(output);
  }

  private static Engine engine() {
    return new Engine(
        SimulationOptions.defaults()
            .withLatency(LatencyModel.of(Duration.ofMillis(2), Duration.ofMillis(1))));
  }

  private static Relay relay(Engine engine) {
    return new Relay(engine.url(), _ -> false);
  }

  /** What passed of each session, by its number, in the order of its turns. */
  private static Map<Integer, List<Relay.Passed>> sessions(Relay relay) {
    return new TreeMap<>(relay.passed())
        .entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    entry -> place(entry.getKey(), 0),
                    TreeMap::new,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }

  /** Of an id such as {@code run-level-SESSION.TURN}: the session, or the turn. */
  private static int place(String id, int part) {
    return Integer.parseInt(id.substring(id.lastIndexOf('-') + 1).split("\\.")[part]);
  }

  private static JsonNode tree(String body) {
    try {
      return Json.MAPPER.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String json(ArrayNode messages) {
    try {
      return new String(Json.MAPPER.writeValueAsBytes(messages), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int conversation(List<Relay.Passed> session) {
    String first = tree(session.getFirst().body()).at("/messages/0/content").asText();
    return Integer.parseInt(first.substring(9, first.indexOf('.')));
  }

  /** Each body is that of the first turn with all in it that was said until then, to the byte. */
  private static void assertHistory(List<Relay.Passed> session, boolean live) {
    int n = conversation(session);
    assertThat(session).hasSize(turns(n));
    String opening = json(Conversation.messages("user", asked(n, 1)));
    ArrayNode said = Conversation.messages("user", asked(n, 1));
    for (int turn = 1; turn <= session.size(); turn++) {
      assertThat(session.get(turn - 1).body())
          .isEqualTo(session.getFirst().body().replace(opening, json(said)));
      String answer = live ? Relay.text(session.get(turn - 1).answer()) : recorded(n, turn);
      assertThat(answer).isNotBlank();
      Conversation.add(said, "assistant", answer);
      Conversation.add(said, "user", asked(n, turn + 1));
    }
  }

  @Test
  void theServerIsToldWhatItAnsweredOrWhatWasRecorded() {
    try (Engine engine = engine();
        Relay live = relay(engine);
        Relay recorded = relay(engine)) {
      JsonNode result = run("live", live, "--concurrency=2").json().at("/levels/0");
      run("recorded", recorded, "--concurrency=2", "--history=recorded");

      assertThat(sessions(live)).hasSize(SESSIONS);
      sessions(live).values().forEach(session -> assertHistory(session, true));
      sessions(recorded).values().forEach(session -> assertHistory(session, false));
      assertThat(result.at("/sessions/completed").intValue()).isEqualTo(SESSIONS);
      assertThat(result.at("/sessions/turns_sent").intValue())
          .isEqualTo(1 + 2 + 3 + 4 + 1 + 2)
          .isEqualTo(result.at("/metrics/requests/successful").intValue());
      assertThat(result.at("/sessions/turns/3/requests").intValue()).isEqualTo(1);
      assertThat(result.at("/load/requests").intValue()).isEqualTo(SESSIONS);
    }
  }

  @Test
  void oneAgentAndThreeSendTheSameTurns() {
    try (Engine engine = engine();
        Relay one = relay(engine);
        Relay three = relay(engine)) {
      JsonNode alone = run("one", one, "--concurrency=3").json();
      JsonNode shared = run("three", three, "--concurrency=3", "--agents=3").json();

      assertThat(bodies(three)).isEqualTo(bodies(one));
      assertThat(shared.at("/levels/0/validity/workload"))
          .isEqualTo(alone.at("/levels/0/validity/workload"));
    }
  }

  private static Map<String, String> bodies(Relay relay) {
    Map<String, String> bodies = new TreeMap<>();
    relay.passed().forEach((id, one) -> bodies.put(place(id, 0) + "." + place(id, 1), one.body()));
    return bodies;
  }

  @Test
  void theNextTurnNeverGoesBeforeTheThinkTimeIsOver() {
    Duration think = Duration.ofMillis(120);
    try (Engine engine = engine();
        Relay relay = relay(engine)) {
      run("think", relay, "--rate=40", "--think=120ms");

      for (List<Relay.Passed> session : sessions(relay).values()) {
        assertThat(session).hasSize(turns(conversation(session)));
        for (int turn = 1; turn < session.size(); turn++) {
          assertThat(session.get(turn).arrived() - session.get(turn - 1).ended())
              .isGreaterThanOrEqualTo(think.toNanos());
        }
      }
    }
  }

  @Test
  void aFailedTurnEndsItsSessionAndTheResultSaysWhatWasNeverSent() {
    Predicate<String> secondTurns = id -> id.endsWith(".2");
    try (Engine engine = engine();
        Relay relay = new Relay(engine.url(), secondTurns)) {
      JsonNode level = run("failed", relay, "--concurrency=2").json().path("levels").path(0);
      JsonNode result = level.path("sessions");

      assertThat(level.at("/validity/findings").findValuesAsText("message"))
          .contains(
              "4 of 6 sessions ended with a turn that failed; 3 turns of sessions that began were"
                  + " never sent");
      assertThat(relay.passed().keySet()).noneMatch(id -> id.endsWith(".3"));
      assertThat(result.path("total").intValue()).isEqualTo(SESSIONS);
      assertThat(result.path("completed").intValue()).isEqualTo(2);
      assertThat(result.path("failed").intValue()).isEqualTo(4);
      assertThat(result.path("turns_sent").intValue()).isEqualTo(2 + 4 * 2);
      assertThat(result.path("turns_unsent").intValue()).isEqualTo(1 + 2);
    }
  }

  @Test
  void atTheEndOfTheLevelASessionIsCutOffAndItsNextTurnIsNotWaitedFor() {
    try (Engine engine = engine();
        Relay relay = relay(engine)) {
      JsonNode result =
          run("cut", relay, "--concurrency=6", "--duration=1s", "--think=10m")
              .json()
              .at("/levels/0/sessions");

      assertThat(result.path("cut").intValue()).isPositive();
      assertThat(result.path("failed").intValue()).isZero();
      assertThat(relay.passed().keySet()).noneMatch(id -> id.endsWith(".2"));
    }
  }

  @Test
  void thoseWhoThinkWithoutSessionsAreTold() {
    Cli cli = Cli.run("run", "--think=1s", "--output=" + folder);

    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err()).contains("think: 1s is not valid, expected none without sessions");
  }
}
