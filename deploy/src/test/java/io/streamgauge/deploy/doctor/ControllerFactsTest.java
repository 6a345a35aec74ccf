package io.streamgauge.deploy.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.agent.AgentView;
import io.streamgauge.common.json.Json;
import io.streamgauge.deploy.doctor.Check.Grade;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ControllerFactsTest {
  private static final AgentView THERE = agent("there", AgentView.State.PRESENT, Optional.empty());
  private static final Optional<String> KEY = Optional.of("SHA256:a");

  private static AgentView agent(String id, AgentView.State state, Optional<String> reason) {
    return new AgentView(
        id,
        Set.of("load"),
        Optional.of("h"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "1.0",
        Optional.empty(),
        List.of(),
        List.of(),
        state,
        reason,
        0.5,
        Optional.empty(),
        Optional.empty());
  }

  private static List<Check> checks(int protocol, AgentView... agents) {
    return new ControllerFacts(protocol, "1.0", KEY, List.of(agents)).checks(3, KEY);
  }

  @Test
  void aControllerOfThisProtocolWithALoadAgentIsFine() {
    assertThat(checks(3, THERE)).extracting(Check::grade).containsOnly(Grade.OK);
  }

  @Test
  void anotherProtocolAndTheWantOfLoadAgentsPreventRuns() {
    assertThat(checks(4, THERE))
        .filteredOn(check -> check.grade() == Grade.PROBLEM)
        .extracting(Check::text)
        .singleElement()
        .asString()
        .contains("with protocol 4, this host has");
    assertThat(checks(3)).extracting(Check::grade).contains(Grade.PROBLEM);
  }

  @Test
  void whoIsNotThereIsToldWithTheReason() {
    List<Check> checks =
        checks(
            3,
            THERE,
            agent("gone", AgentView.State.LOST, Optional.of("silent for 9 s")),
            agent("old", AgentView.State.TURNED_AWAY, Optional.of("protocol: 2")),
            agent("done", AgentView.State.LEFT, Optional.of("said farewell")));

    assertThat(checks)
        .extracting(Check::topic, Check::grade)
        .contains(
            org.assertj.core.api.Assertions.tuple("agent gone", Grade.WARNING),
            org.assertj.core.api.Assertions.tuple("agent old", Grade.WARNING),
            org.assertj.core.api.Assertions.tuple("agent done", Grade.NOTE));
    assertThat(checks)
        .extracting(Check::text)
        .contains("turned away, load, on h, heard 0.5 s ago: protocol: 2");
  }

  @Test
  void itIsTheSameOverHttp() throws IOException {
    JsonNode about =
        Json.MAPPER.readTree("{\"protocol\": 3, \"version\": \"1.0\", \"key\": \"SHA256:a\"}");
    JsonNode agents =
        Json.MAPPER.readTree(
            """
            [{"id": "gone", "roles": ["load"], "host": "h", "version": "1.0", "gpus": [],
              "state": "lost", "reason": "silent", "last_heard_s": 0.5, "mood": "of a later version"}]
            """);

    assertThat(ControllerFacts.of(about, agents))
        .isEqualTo(
            new ControllerFacts(
                3,
                "1.0",
                KEY,
                List.of(agent("gone", AgentView.State.LOST, Optional.of("silent")))));
  }
}
