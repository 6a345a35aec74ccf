package io.streamgauge.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Service;
import io.streamgauge.agent.cli.StartAgentCommand;
import io.streamgauge.agent.engine.EngineFiles;
import io.streamgauge.agent.engine.EngineLimits;
import io.streamgauge.agent.engine.kind.Engine;
import io.streamgauge.agent.guard.AllowedTargets;
import io.streamgauge.common.HostPort;
import io.streamgauge.common.engine.EngineKind;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.plan.PlanFile;
import io.streamgauge.controller.ControllerVerticle;
import io.streamgauge.controller.cli.StartControllerCommand;
import io.streamgauge.deploy.Streamgauge;
import io.streamgauge.deploy.kubernetes.Manifests.Workload;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.ParseResult;

/** What the manifests tell the program is what the program takes. */
class ManifestArgumentsTest {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\(([A-Z_]+)\\)");
  private static final Map<String, String> OF_THE_POD =
      Map.of("status.podIP", "10.1.2.3", "metadata.name", "streamgauge-0");

  /** A container of the program, as it is started. */
  record Started(Workload pod, Container container, Map<String, String> options) {
    @Override
    public String toString() {
      return pod.name();
    }
  }

  static Stream<Started> started() {
    return Stream.of("engine", "submit")
        .flatMap(folder -> Manifests.of(folder).workloads().stream())
        .map(
            pod -> {
              Container container = pod.template().getSpec().getContainers().getFirst();
              return new Started(pod, container, options(container));
            });
  }

  /** Refused by the program's own command line if it does not know one of them. */
  private static Map<String, String> options(Container container) {
    String[] arguments =
        container.getArgs().stream()
            .map(
                argument -> VARIABLE.matcher(argument).replaceAll(found -> value(container, found)))
            .toArray(String[]::new);
    ParseResult parsed = Streamgauge.commandLine(arguments).parseArgs(arguments).subcommand();
    Map<String, String> options = new TreeMap<>();
    parsed
        .matchedOptions()
        .forEach(
            option -> options.put(option.longestName(), String.join(",", option.stringValues())));
    return options;
  }

  private static String value(Container container, MatchResult found) {
    EnvVar variable =
        container.getEnv().stream()
            .filter(each -> each.getName().equals(found.group(1)))
            .findFirst()
            .orElseThrow(() -> new AssertionError(found.group() + " is not set"));
    if (variable.getValueFrom() == null) {
      return variable.getValue();
    }
    return variable.getValueFrom().getFieldRef() == null
        ? literal(variable.getValueFrom().getConfigMapKeyRef().getKey())
        : OF_THE_POD.get(variable.getValueFrom().getFieldRef().getFieldPath());
  }

  private static String literal(String key) {
    return Manifests.texts(
            Manifests.kustomization(Manifests.ROOT.resolve("base"))
                .at("/configMapGenerator/0/literals"))
        .filter(each -> each.startsWith(key + "="))
        .map(each -> each.substring(key.length() + 1))
        .findFirst()
        .orElseThrow(() -> new AssertionError(key + " is not in the ConfigMap"));
  }

  @ParameterizedTest
  @MethodSource("started")
  void itListensOnThePortsThatItsContainerNames(Started started) throws IOException {
    Map<String, Integer> ports = new TreeMap<>();
    Optional.ofNullable(started.options.get("--bind"))
        .map(bind -> HostPort.parse("bind", bind, 0).port())
        .ifPresent(
            port -> {
              ports.put("cluster", port);
              ports.put("bus", port + 1);
            });
    Optional.ofNullable(started.options.get("--http"))
        .ifPresent(http -> ports.put("api", HostPort.parse("http", http, 0).port()));
    if (started.options.getOrDefault("--role", "").equals("gpu")) {
      Path engines = Manifests.ROOT.resolve("engine/engines");
      Engine engine =
          new EngineFiles(engines, EngineFiles.Origin.NETWORK)
              .read(EngineKind.VLLM, Map.of(), Optional.empty());
      ports.put("engine", ((Engine.External) engine).port());
    }

    assertThat(ManifestsTest.ports(started.pod)).isEqualTo(ports);
  }

  @ParameterizedTest
  @MethodSource("started")
  void whomItAsksIsAServiceOfThatPort(Started started) {
    Map<String, Set<Integer>> services =
        Manifests.of("base").of(Service.class).stream()
            .collect(
                Collectors.toMap(
                    it -> it.getMetadata().getName(),
                    it ->
                        it.getSpec().getPorts().stream()
                            .map(port -> port.getPort())
                            .collect(Collectors.toSet())));
    String asked =
        started.options.containsKey("--join")
            ? started.options.get("--join")
            : URI.create(started.options.get("--controller")).getAuthority();
    HostPort place = HostPort.parse("service", asked, 0);

    assertThat(services.get(place.host())).as(asked).contains(place.port());
  }

  @ParameterizedTest
  @MethodSource("started")
  void itsVariablesAreTold(Started started) {
    String told = Manifests.text(Path.of("../docs/operate/environment.md"));

    assertThat(started.container.getEnv())
        .extracting(EnvVar::getName)
        .filteredOn(name -> name.startsWith("STREAMGAUGE_"))
        .allSatisfy(name -> assertThat(told).contains("| `" + name + "` |"));
  }

  /** It is killed after that, and with it what it has not delivered yet. */
  @ParameterizedTest
  @MethodSource("started")
  void itIsGivenTheTimeThatItTakesToEnd(Started started) {
    EngineLimits engine = EngineLimits.DEFAULT;
    long needed =
        switch (started.pod.name()) {
          case "streamgauge-controller" ->
              ControllerVerticle.SECONDS_TO_WRITE + StartControllerCommand.SECONDS_TO_CLOSE;
          case "streamgauge-load" -> StartAgentCommand.SECONDS_TO_END;
          case "streamgauge-engine" ->
              StartAgentCommand.SECONDS_TO_END
                  + engine
                      .interrupt()
                      .plus(engine.terminate())
                      .plus(engine.kill())
                      .plus(engine.memory())
                      .toSeconds();
          default -> 0;
        };
    Long given = started.pod.template().getSpec().getTerminationGracePeriodSeconds();

    assertThat(given == null ? 30 : given).isGreaterThan(needed + 5);
  }

  @ParameterizedTest
  @MethodSource("started")
  void itsProbesAskForWhatItServesAndAsItServesIt(Started started) throws IOException {
    JsonNode served;
    try (InputStream openApi =
        Streamgauge.class.getResourceAsStream("/io/streamgauge/openapi.json")) {
      served = Json.MAPPER.readTree(openApi).path("paths");
    }
    Stream.of(
            started.container.getStartupProbe(),
            started.container.getReadinessProbe(),
            started.container.getLivenessProbe())
        .flatMap(Stream::ofNullable)
        .flatMap(probe -> Stream.ofNullable(probe.getHttpGet()))
        .forEach(
            get -> {
              assertThat(served.has(get.getPath())).as(get.getPath()).isTrue();
              assertThat(get.getScheme()).isEqualTo("HTTPS");
              assertThat(started.options).containsKey("--tls-cert");
            });
  }

  /** Of a size as the JVM takes it: 512m or 4g. */
  private static long megabytes(String size) {
    long number = Long.parseLong(size.substring(0, size.length() - 1));
    return size.endsWith("g") ? 1024 * number : number;
  }

  @ParameterizedTest
  @MethodSource("started")
  void itsHeapIsAtMostHalfOfItsMemory(Started started) {
    long heap =
        started.container.getEnv().stream()
            .filter(each -> each.getName().equals("STREAMGAUGE_HEAP"))
            .map(each -> megabytes(each.getValue()))
            .findFirst()
            .orElse(1024L);

    assertThat(started.container.getResources().getLimits().get("memory").getNumericalAmount())
        .isGreaterThanOrEqualTo(BigDecimal.valueOf(2 * heap * 1024 * 1024));
  }

  @Test
  void theTargetsAndThePlanAreSuchAsTheProgramTakes() {
    assertThat(new AllowedTargets(List.of(literal("targets").split(",")), false)).isNotNull();
    Path plan = Manifests.ROOT.resolve("submit/plan.yaml");
    assertThat(PlanFile.read(plan).backends()).isNotEmpty();
  }
}
