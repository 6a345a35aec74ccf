package io.streamgauge.deploy.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.message.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a controller tells over HTTP, to whoever would submit a plan or start an agent here. */
public final class ApiChecks {
  /** Asks the controller for a path and gives its JSON. */
  public interface Api {
    /**
     * Asks for a path.
     *
     * @throws IOException with a message that says why nothing came
     */
    JsonNode get(String path) throws IOException;
  }

  private final Api api;
  private final Optional<String> cluster;
  private final Optional<String> key;

  /**
   * @param cluster the name of the cluster that an agent here would join, where it is known
   * @param key the fingerprint of the controller's key that it would have
   */
  public ApiChecks(Api api, Optional<String> cluster, Optional<String> key) {
    this.api = api;
    this.cluster = cluster;
    this.key = key;
  }

  public List<Check> run() {
    List<Check> checks = new ArrayList<>();
    try {
      api.get("/health/live");
    } catch (IOException e) {
      checks.add(
          Check.problem("api", String.valueOf(e.getMessage()), "no plan can be submitted there"));
      return checks;
    }
    try {
      api.get("/health/ready");
      checks.add(Check.ok("api", "takes plans"));
      JsonNode about = api.get("/api/v1/controller");
      cluster(about).ifPresent(checks::add);
      if (about.path("insecure_network").asBoolean()) {
        checks.add(
            Check.warning(
                "network",
                "the controller runs with --insecure-network",
                "whoever reaches its ports can read and disturb everything"));
      }
      checks.addAll(
          ControllerFacts.of(about, api.get("/api/v1/agents")).checks(Message.PROTOCOL, key));
    } catch (IOException e) {
      checks.add(
          Check.problem(
              "api", String.valueOf(e.getMessage()), "give the controller's --token-file"));
    }
    return checks;
  }

  private Optional<Check> cluster(JsonNode about) {
    String theirs = about.path("cluster").asText();
    String text = "the controller's is %s at %s".formatted(theirs, about.path("bind").asText());
    return cluster.map(
        own ->
            own.equals(theirs)
                ? Check.ok("cluster name", text)
                : Check.problem(
                    "cluster name",
                    text + ", this host's would be " + own,
                    "give agents --cluster " + theirs));
  }
}
