package io.streamgauge.common.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.streamgauge.common.PlanException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What to run: every backend in turn, every level in turn.
 *
 * @param name of the run, in results
 * @param dataset where the prompts come from
 * @param maxFailed the greatest share of failed requests (0 to 1) with which a run still counts as
 *     done
 * @param maxClientError how large the client's own error may be before a level is void
 * @param seed everything random follows from it
 */
public record Plan(
    String name,
    List<Backend> backends,
    DatasetRef dataset,
    RequestShape request,
    List<Level> levels,
    Slos slo,
    AgentsPolicy agents,
    Percentage maxFailed,
    ErrorLimit maxClientError,
    long seed) {
  public static final long DEFAULT_SEED = 42;

  /** The prompts file; the built-in prompts when empty. */
  public record DatasetRef(Optional<String> file) {
    public static final DatasetRef BUILT_IN = new DatasetRef(Optional.empty());

    public DatasetRef {
      file.ifPresent(
          name -> {
            if (name.isBlank()) {
              throw new PlanException("dataset.file", "\"" + name + "\"", "the name of a file");
            }
          });
    }
  }

  public Plan {
    if (name.isBlank()) {
      throw new PlanException("name", "\"" + name + "\"", "a text that is not blank");
    }
    backends = List.copyOf(backends);
    levels = List.copyOf(levels);
    if (backends.isEmpty()) {
      throw new PlanException("backends", "[]", "at least one backend");
    }
    if (levels.stream().allMatch(Level::warmup)) {
      throw new PlanException(
          "levels",
          levels.stream().map(Level::name).toList(),
          "at least one level that is no warm-up");
    }
    Set<String> names = new HashSet<>();
    levels.forEach(
        level -> {
          if (!names.add(level.name())) {
            throw new PlanException("levels", level.name(), "names that differ from each other");
          }
        });
  }

  /** The same plan, which begins with no fewer than {@code count} load agents. */
  public Plan withAtLeast(int count) {
    return new Plan(
        name,
        backends,
        dataset,
        request,
        levels,
        slo,
        new AgentsPolicy(Math.max(count, agents.min()), agents.onLoss()),
        maxFailed,
        maxClientError,
        seed);
  }

  /** As it may be shown: without the values of headers. */
  public Plan redacted() {
    return new Plan(
        name,
        backends.stream().map(Backend::redacted).toList(),
        dataset,
        request,
        levels,
        slo,
        agents,
        maxFailed,
        maxClientError,
        seed);
  }

  @JsonCreator
  static Plan of(
      @JsonProperty("name") Optional<String> name,
      @JsonProperty("backends") Optional<List<Backend>> backends,
      @JsonProperty("dataset") Optional<DatasetRef> dataset,
      @JsonProperty("request") Optional<RequestShape> request,
      @JsonProperty("levels") Optional<List<Level>> levels,
      @JsonProperty("slo") Optional<Slos> slo,
      @JsonProperty("agents") Optional<AgentsPolicy> agents,
      @JsonProperty("max_failed") Optional<Percentage> maxFailed,
      @JsonProperty("max_client_error") Optional<ErrorLimit> maxClientError,
      @JsonProperty("seed") Optional<Long> seed) {
    return new Plan(
        name.orElse("run"),
        backends.orElse(List.of()),
        dataset.orElse(DatasetRef.BUILT_IN),
        request.orElse(RequestShape.DEFAULT),
        levels.orElse(List.of()),
        slo.orElse(Slos.NONE),
        agents.orElse(AgentsPolicy.DEFAULT),
        maxFailed.orElse(Percentage.ONE_PERCENT),
        maxClientError.orElse(ErrorLimit.DEFAULT),
        seed.orElse(DEFAULT_SEED));
  }
}
