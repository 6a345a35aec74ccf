package io.streamgauge.deploy.doctor;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.streamgauge.common.agent.AgentView;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.message.Roster;
import io.streamgauge.common.node.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a controller told of itself and its agents, over the bus or over HTTP. */
record ControllerFacts(int protocol, String version, Optional<String> key, List<AgentView> agents) {
  /** A controller of another version may tell more. */
  private static final ObjectReader AGENTS =
      Json.MAPPER
          .readerForListOf(AgentView.class)
          .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  static ControllerFacts of(Roster roster) {
    return new ControllerFacts(roster.protocol(), roster.version(), roster.key(), roster.agents());
  }

  /**
   * From {@code GET /api/v1/controller} and {@code GET /api/v1/agents}.
   *
   * @throws IOException when the agents are told in another form
   */
  static ControllerFacts of(JsonNode about, JsonNode agents) throws IOException {
    return new ControllerFacts(
        about.path("protocol").asInt(),
        about.path("version").asText(),
        Optional.ofNullable(about.path("key").textValue()),
        AGENTS.readValue(agents));
  }

  /**
   * What that means for an agent of this host.
   *
   * @param own the protocol that it would speak
   * @param obeyed the fingerprint of the key that it would have
   */
  List<Check> checks(int own, Optional<String> obeyed) {
    List<Check> checks = new ArrayList<>();
    checks.add(
        protocol == own
            ? Check.ok("controller", "version %s, the protocol is this one's".formatted(version))
            : Check.problem(
                "controller",
                "version %s with protocol %d, this host has %s with protocol %d"
                    .formatted(version, protocol, Version.TOOL, own),
                "install the same version on all hosts"));
    key.ifPresent(theirs -> checks.add(key(theirs, obeyed)));
    agents.forEach(agent -> checks.add(check(agent)));
    if (agents.stream().noneMatch(AgentView::loads)) {
      checks.add(
          Check.problem(
              "agents",
              "no load agent is there",
              "start one: streamgauge agent --join; it says itself why it does not get in"));
    }
    return checks;
  }

  private static Check key(String theirs, Optional<String> obeyed) {
    if (obeyed.isEmpty()) {
      return Check.warning(
          "controller key",
          "the controller signs with %s, and this host has no controller.pub".formatted(theirs),
          "copy the controller's to this host and give it as --controller-key");
    }
    return obeyed.get().equals(theirs)
        ? Check.ok("controller key", theirs + ", as this host has it")
        : Check.problem(
            "controller key",
            "the controller signs with %s, this host has %s".formatted(theirs, obeyed.get()),
            "copy the controller's controller.pub to this host and give it as --controller-key");
  }

  private static Check check(AgentView agent) {
    String text =
        String.format(
            Locale.ROOT,
            "%s%s, %s, heard %.1f s ago%s",
            agent.state().label().replace('_', ' '),
            agent.roles().isEmpty() ? "" : ", " + String.join(" and ", agent.roles()),
            agent.host().map(host -> "on " + host).orElse("of version " + agent.version()),
            agent.lastHeardS(),
            agent.reason().map(reason -> ": " + reason).orElse(""));
    String topic = "agent " + agent.id();
    return switch (agent.state()) {
      case PRESENT -> Check.ok(topic, text);
      case LEFT -> Check.note(topic, text);
      case LOST, TURNED_AWAY ->
          Check.warning(topic, text, "runs do without it until that is mended");
    };
  }
}
