package io.streamgauge.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.streamgauge.common.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/** The manifests in a folder's kustomization and in those that it builds upon, strictly read. */
record Manifests(List<HasMetadata> all) {
  static final Path ROOT = Path.of("k8s");

  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of(
          "v1 Namespace", Namespace.class,
          "v1 Service", Service.class,
          "v1 PersistentVolumeClaim", PersistentVolumeClaim.class,
          "apps/v1 Deployment", Deployment.class,
          "apps/v1 StatefulSet", StatefulSet.class,
          "batch/v1 Job", Job.class,
          "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class,
          "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class);

  /** The model keeps fields that it does not know; without its setter for them they are errors. */
  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .annotationIntrospector(
              new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(MapperConfig<?> config, Annotated annotated) {
                  return false;
                }
              })
          .build();

  /** A pod with what makes it. */
  record Workload(String name, PodTemplateSpec template) {
    Map<String, String> labels() {
      return template.getMetadata().getLabels();
    }
  }

  static Manifests of(String folder) {
    return new Manifests(
        files(ROOT.resolve(folder)).flatMap(file -> read(text(file)).stream()).toList());
  }

  static JsonNode kustomization(Path folder) {
    return yaml(text(folder.resolve("kustomization.yaml"))).getFirst();
  }

  private static Stream<Path> files(Path folder) {
    return texts(kustomization(folder).path("resources"))
        .map(folder::resolve)
        .flatMap(path -> Files.isDirectory(path) ? files(path) : Stream.of(path));
  }

  static Stream<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::textValue);
  }

  static List<HasMetadata> read(String text) {
    List<HasMetadata> read = new ArrayList<>();
    for (JsonNode document : yaml(text)) {
      String kind =
          document.path("apiVersion").textValue() + " " + document.path("kind").textValue();
      if (!KINDS.containsKey(kind)) {
        throw new AssertionError("a kind that nobody here knows: " + kind);
      }
      read.add(STRICT.readValue(document.toString(), KINDS.get(kind)));
    }
    return read;
  }

  private static List<JsonNode> yaml(String text) {
    try {
      return Json.YAML.readerFor(JsonNode.class).<JsonNode>readValues(text).readAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  <T extends HasMetadata> List<T> of(Class<T> kind) {
    return all.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  List<Workload> workloads() {
    return all.stream()
        .flatMap(
            each ->
                switch (each) {
                  case Deployment it -> Stream.of(workload(it, it.getSpec().getTemplate()));
                  case StatefulSet it -> Stream.of(workload(it, it.getSpec().getTemplate()));
                  case Job it -> Stream.of(workload(it, it.getSpec().getTemplate()));
                  default -> Stream.<Workload>of();
                })
        .toList();
  }

  private static Workload workload(HasMetadata owner, PodTemplateSpec template) {
    return new Workload(owner.getMetadata().getName(), template);
  }

  /** Those that a selector picks. */
  List<Workload> picked(Map<String, String> labels) {
    return workloads().stream()
        .filter(workload -> workload.labels().entrySet().containsAll(labels.entrySet()))
        .toList();
  }
}
