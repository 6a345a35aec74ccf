package io.streamgauge.deploy.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.message.Roster;
import io.streamgauge.common.node.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a controller told of itself and its agents, over the bus or over HTTP. */
record ControllerFacts(
    int protocol, String version, Optional<String> key, List<Roster.Attendee> agents) {
  private static final String PRESENT = "present";

  static ControllerFacts of(Roster roster) {
    return new ControllerFacts(
        roster.protocol(), roster.version(), roster.key(), roster.attendees());
  }

  /** From {@code GET /api/v1/controller} and {@code GET /api/v1/agents}. */
  static ControllerFacts of(JsonNode about, JsonNode agents) {
    List<Roster.Attendee> all = new ArrayList<>();
    for (JsonNode agent : agents) {
      Set<String> roles = new TreeSet<>();
      agent.path("roles").forEach(role -> roles.add(role.asText()));
      all.add(
          new Roster.Attendee(
              agent.path("id").asText(),
              roles,
              Optional.ofNullable(agent.path("host").textValue()),
              agent.path("version").asText(),
              agent.path("state").asText(),
              Optional.ofNullable(agent.path("reason").textValue()),
              agent.path("last_heard_s").asDouble()));
    }
    return new ControllerFacts(
        about.path("protocol").asInt(),
        about.path("version").asText(),
        Optional.ofNullable(about.path("key").textValue()),
        all);
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
    if (agents.stream()
        .noneMatch(agent -> agent.state().equals(PRESENT) && agent.roles().contains("load"))) {
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

  private static Check check(Roster.Attendee agent) {
    String text =
        String.format(
            Locale.ROOT,
            "%s%s, %s, heard %.1f s ago%s",
            agent.state().replace('_', ' '),
            agent.roles().isEmpty() ? "" : ", " + String.join(" and ", agent.roles()),
            agent.host().map(host -> "on " + host).orElse("of version " + agent.version()),
            agent.lastHeardS(),
            agent.reason().map(reason -> ": " + reason).orElse(""));
    String topic = "agent " + agent.id();
    return switch (agent.state()) {
      case PRESENT -> Check.ok(topic, text);
      case "left" -> Check.note(topic, text);
      default -> Check.warning(topic, text, "runs do without it until that is mended");
    };
  }
}
