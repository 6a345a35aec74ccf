package io.streamgauge.deploy.kubernetes;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.streamgauge.deploy.kubernetes.Manifests.Workload;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** The manifests hold together, by the model of a client of Kubernetes. */
class ManifestsTest {
  private static final Manifests ENGINE = Manifests.of("engine");
  private static final Manifests SUBMIT = Manifests.of("submit");
  private static final List<Workload> ALL =
      Stream.of(ENGINE, SUBMIT).flatMap(each -> each.workloads().stream()).toList();

  @Test
  void aFieldThatKubernetesDoesNotKnowIsAnError() {
    assertThatExceptionOfType(UnrecognizedPropertyException.class)
        .isThrownBy(
            () ->
                Manifests.read(
                    "{apiVersion: v1, kind: Service, spec: {selectors: {app: streamgauge}}}"));
  }

  @Test
  void theEnginesKustomizationAddsToTheOthers() {
    assertThat(ENGINE.all()).containsAll(Manifests.of("base").all());
    assertThat(ALL)
        .extracting(Workload::name)
        .containsExactlyInAnyOrder(
            "streamgauge-controller",
            "streamgauge-load",
            "streamgauge-engine",
            "streamgauge-submit");
  }

  @Test
  void everyFileIsListed() throws Exception {
    for (String folder : List.of("base", "engine", "submit")) {
      Path path = Manifests.ROOT.resolve(folder);
      JsonNode kustomization = Manifests.kustomization(path);
      Set<String> listed =
          Stream.of(
                  Manifests.texts(kustomization.path("resources")),
                  kustomization
                      .path("configMapGenerator")
                      .valueStream()
                      .flatMap(each -> Manifests.texts(each.path("files"))))
              .flatMap(Function.identity())
              .filter(name -> name.endsWith(".yaml"))
              .collect(Collectors.toCollection(TreeSet::new));
      try (Stream<Path> files = Files.walk(path)) {
        assertThat(listed)
            .isEqualTo(
                files
                    .filter(Files::isRegularFile)
                    .map(file -> path.relativize(file).toString())
                    .filter(name -> name.endsWith(".yaml") && !name.equals("kustomization.yaml"))
                    .collect(Collectors.toCollection(TreeSet::new)));
      }
    }
  }

  @Test
  void selectorsPickWhatTheyAreFor() {
    ENGINE
        .of(Deployment.class)
        .forEach(
            it ->
                picksItself(
                    it.getMetadata().getName(), it.getSpec().getSelector().getMatchLabels()));
    ENGINE
        .of(StatefulSet.class)
        .forEach(
            it ->
                picksItself(
                    it.getMetadata().getName(), it.getSpec().getSelector().getMatchLabels()));
    ENGINE
        .of(PodDisruptionBudget.class)
        .forEach(
            it ->
                picksItself(
                    it.getMetadata().getName(), it.getSpec().getSelector().getMatchLabels()));
    assertThat(ENGINE.of(PodDisruptionBudget.class)).hasSameSizeAs(ENGINE.workloads());
    assertThat(SUBMIT.workloads().getFirst().labels()).doesNotContainValue("streamgauge");
  }

  private static void picksItself(String name, Map<String, String> labels) {
    assertThat(ENGINE.picked(labels)).extracting(Workload::name).containsExactly(name);
  }

  @Test
  void aServiceLeadsToPortsOfAllItsPods() {
    for (Service service : ENGINE.of(Service.class)) {
      List<Workload> pods = ENGINE.picked(service.getSpec().getSelector());
      assertThat(pods).as(service.getMetadata().getName()).isNotEmpty();
      service
          .getSpec()
          .getPorts()
          .forEach(
              port ->
                  assertThat(pods)
                      .as(port.getName())
                      .allSatisfy(
                          pod ->
                              assertThat(ports(pod))
                                  .containsEntry(
                                      port.getTargetPort().getStrVal(), port.getPort())));
    }
    Set<String> services =
        ENGINE.of(Service.class).stream()
            .map(it -> it.getMetadata().getName())
            .collect(Collectors.toSet());
    assertThat(ENGINE.of(StatefulSet.class))
        .allSatisfy(it -> assertThat(services).contains(it.getSpec().getServiceName()));
  }

  /** What no policy names is closed, because each pod is picked by one. */
  @Test
  void membersReachTheClustersPortsAndNobodyElse() {
    Map<String, String> member = Map.of("app.kubernetes.io/name", "streamgauge");
    for (Workload pod : ENGINE.workloads()) {
      Set<String> opened = new TreeSet<>();
      for (NetworkPolicy policy : ENGINE.of(NetworkPolicy.class)) {
        if (!pod.labels()
            .entrySet()
            .containsAll(policy.getSpec().getPodSelector().getMatchLabels().entrySet())) {
          continue;
        }
        assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress");
        policy
            .getSpec()
            .getIngress()
            .forEach(
                rule ->
                    rule.getPorts()
                        .forEach(
                            port -> {
                              String name = port.getPort().getStrVal();
                              opened.add(name);
                              if (!name.equals("api")) {
                                assertThat(rule.getFrom())
                                    .as(name)
                                    .allSatisfy(
                                        peer ->
                                            assertThat(peer.getPodSelector().getMatchLabels())
                                                .isEqualTo(member))
                                    .hasSize(1);
                              }
                            }));
      }
      assertThat(opened).as(pod.name()).isEqualTo(new TreeSet<>(ports(pod).keySet()));
    }
  }

  @Test
  void whatIsMountedIsThere() {
    Set<String> generated =
        Stream.of("base", "engine", "submit")
            .map(folder -> Manifests.kustomization(Manifests.ROOT.resolve(folder)))
            .flatMap(
                it ->
                    Stream.of("secretGenerator", "configMapGenerator")
                        .flatMap(kind -> it.path(kind).valueStream()))
            .map(it -> it.path("name").textValue())
            .collect(Collectors.toSet());
    Set<String> claims =
        ENGINE.of(PersistentVolumeClaim.class).stream()
            .map(it -> it.getMetadata().getName())
            .collect(Collectors.toSet());
    for (Workload pod : ALL) {
      Map<String, Volume> volumes =
          pod.template().getSpec().getVolumes().stream()
              .collect(toMap(Volume::getName, Function.identity()));
      assertThat(containers(pod).flatMap(it -> it.getVolumeMounts().stream()))
          .extracting(VolumeMount::getName)
          .as(pod.name())
          .containsAll(volumes.keySet())
          .isSubsetOf(volumes.keySet());
      for (Volume volume : volumes.values()) {
        Optional.ofNullable(volume.getSecret())
            .ifPresent(
                it -> {
                  assertThat(generated).contains(it.getSecretName());
                  assertThat(it.getDefaultMode()).isEqualTo(0440);
                });
        Optional.ofNullable(volume.getConfigMap())
            .ifPresent(it -> assertThat(generated).contains(it.getName()));
        Optional.ofNullable(volume.getPersistentVolumeClaim())
            .ifPresent(it -> assertThat(claims).contains(it.getClaimName()));
      }
    }
  }

  /** The namespace enforces it, so a pod without would never start. */
  @Test
  void everyPodIsOfTheRestrictedKind() {
    for (Workload pod : ALL) {
      var all = pod.template().getSpec().getSecurityContext();
      assertThat(all.getRunAsNonRoot()).isTrue();
      assertThat(all.getRunAsUser()).isEqualTo(10_001);
      assertThat(all.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
      assertThat(containers(pod))
          .allSatisfy(
              it -> {
                assertThat(it.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
                assertThat(it.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
                if (it.getImage().equals("streamgauge")) {
                  assertThat(it.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
                }
              });
    }
  }

  /**
   * One container that asks for less than its limit, or for part of a core, costs the pod its
   * cores.
   */
  @Test
  void everyPodHasWholeCoresOfItsOwn() {
    for (Workload pod : ALL) {
      assertThat(containers(pod))
          .as(pod.name())
          .allSatisfy(
              it -> {
                Map<String, Quantity> limits = it.getResources().getLimits();
                assertThat(it.getResources().getRequests()).isEqualTo(limits);
                assertThat(limits).containsKeys("cpu", "memory");
                assertThat(limits.get("cpu").getNumericalAmount().remainder(BigDecimal.ONE))
                    .isZero();
              });
    }
  }

  @Test
  void probesAskAtPortsOfTheirContainer() {
    for (Workload pod : ENGINE.workloads()) {
      Container container = pod.template().getSpec().getContainers().getFirst();
      assertThat(
              Stream.of(
                      container.getStartupProbe(),
                      container.getReadinessProbe(),
                      container.getLivenessProbe())
                  .flatMap(Stream::ofNullable)
                  .map(
                      probe ->
                          probe.getHttpGet() == null
                              ? probe.getTcpSocket().getPort()
                              : probe.getHttpGet().getPort())
                  .map(IntOrString::getStrVal))
          .as(pod.name())
          .isNotEmpty()
          .isSubsetOf(ports(pod).keySet());
    }
  }

  static Stream<Container> containers(Workload pod) {
    return Stream.concat(
        pod.template().getSpec().getInitContainers().stream(),
        pod.template().getSpec().getContainers().stream());
  }

  static Map<String, Integer> ports(Workload pod) {
    return containers(pod)
        .flatMap(it -> it.getPorts().stream())
        .collect(toMap(ContainerPort::getName, ContainerPort::getContainerPort));
  }
}
