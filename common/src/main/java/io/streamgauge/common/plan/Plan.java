package io.streamgauge.common.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.plan.load.Seeds;
import io.streamgauge.common.plan.request.RequestShape;
import io.streamgauge.common.plan.request.Target;
import io.streamgauge.common.plan.slo.Deadlines;
import io.streamgauge.common.plan.slo.ErrorLimit;
import io.streamgauge.common.plan.slo.Percentage;
import io.streamgauge.common.plan.slo.Slos;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
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
 * @param queue whether a controller that is busy keeps the plan until its turn comes
 * @param fluidity when a reader wants the tokens; without it what the objectives promise
 * @param keepText whether the texts of the answers are kept, in a file of their own
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
    long seed,
    boolean queue,
    Optional<Deadlines> fluidity,
    boolean keepText) {
  public static final long DEFAULT_SEED = 42;

  public Plan {
    Name.check("name", name, "a text that is not blank");
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
    backends.forEach(backend -> checkRequest(backend, request));
    Set<String> labels = new HashSet<>();
    backends.forEach(
        backend -> {
          if (!labels.add(backend.name().toLowerCase(Locale.ROOT))) {
            throw new PlanException(
                "backends",
                backend.name(),
                "names that differ from each other, by more than case: the results are saved under"
                    + " them");
          }
        });
    Set<String> names = new HashSet<>();
    levels.forEach(
        level -> {
          if (!names.add(level.name())) {
            throw new PlanException("levels", level.name(), "names that differ from each other");
          }
        });
  }

  /** A URL that names another endpoint than the request's would get a body that it cannot read. */
  private static void checkRequest(Backend backend, RequestShape request) {
    request.at(backend.options());
    if (backend instanceof Backend.Served(String name, Target target)) {
      target
          .address()
          .endpoint()
          .filter(named -> named != request.endpoint())
          .ifPresent(
              named -> {
                throw new PlanException(
                    "request.endpoint",
                    request.endpoint().label(),
                    "%s, which the URL of backend %s ends in".formatted(named.label(), name));
              });
    }
  }

  /** The seed of a level's own, so that no two levels send the same sequence. */
  public long seedOf(Level level) {
    return Seeds.derive(seed, "level " + level.name(), 0);
  }

  /** What a backend's requests look like. */
  public RequestShape requestOf(Backend backend) {
    return request.at(backend.options());
  }

  /** What agents are to note of each answer. */
  public AnswerOptions observation() {
    return new AnswerOptions(fluidity.orElseGet(() -> Deadlines.promised(slo)), keepText);
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
        seed,
        queue,
        fluidity,
        keepText);
  }

  /** The same plan for other backends. */
  public Plan withBackends(List<Backend> others) {
    return new Plan(
        name,
        others,
        dataset,
        request,
        levels,
        slo,
        agents,
        maxFailed,
        maxClientError,
        seed,
        queue,
        fluidity,
        keepText);
  }

  /** The same plan with its prompts from elsewhere. */
  public Plan withDataset(DatasetRef other) {
    return new Plan(
        name,
        backends,
        other,
        request,
        levels,
        slo,
        agents,
        maxFailed,
        maxClientError,
        seed,
        queue,
        fluidity,
        keepText);
  }

  /** As it may be shown: without the values of headers and without prompts. */
  public Plan redacted() {
    return new Plan(
        name,
        backends.stream().map(Backend::redacted).toList(),
        dataset.redacted(),
        request.redacted(),
        levels,
        slo,
        agents,
        maxFailed,
        maxClientError,
        seed,
        queue,
        fluidity,
        keepText);
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
      @JsonProperty("seed") Optional<Long> seed,
      @JsonProperty("queue") Optional<Boolean> queue,
      @JsonProperty("fluidity") Optional<Deadlines> fluidity,
      @JsonProperty("keep_text") Optional<Boolean> keepText) {
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
        seed.orElse(DEFAULT_SEED),
        queue.orElse(false),
        fluidity,
        keepText.orElse(false));
  }
}
