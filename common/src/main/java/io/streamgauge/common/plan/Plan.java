package io.streamgauge.common.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.Seeds;
import io.streamgauge.common.dataset.DatasetRows;
import io.streamgauge.common.dataset.synthetic.Synthetic;
import io.streamgauge.common.dataset.trace.Trace;
import io.streamgauge.common.plan.request.DatasetRef;
import io.streamgauge.common.plan.request.Name;
import io.streamgauge.common.plan.request.RequestShape;
import io.streamgauge.common.plan.request.Target;
import io.streamgauge.common.plan.request.Workload;
import io.streamgauge.common.plan.slo.Deadlines;
import io.streamgauge.common.plan.slo.Limits;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What to run: every backend in turn, every level in turn.
 *
 * @param name of the run, in results
 * @param workload what is sent
 * @param limits what its results must keep to
 * @param answers what is noted of each
 * @param queue whether a controller that is busy keeps the plan until its turn comes
 */
public record Plan(
    String name,
    List<Backend> backends,
    Workload workload,
    List<Level> levels,
    Limits limits,
    WantedAnswers answers,
    AgentsPolicy agents,
    boolean queue,
    Course course) {
  static final String DEFAULT_NAME = "run";

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
    if (course.find().isPresent()) {
      course.find().get().check(levels, limits.slo().all(), workload.dataset());
    }
    backends.forEach(backend -> checkRequest(backend, workload.request()));
    Set<String> labels = new HashSet<>();
    for (Backend backend : backends) {
      if (!labels.add(backend.name().toLowerCase(Locale.ROOT))) {
        throw new PlanException(
            "backends",
            backend.name(),
            "names that differ from each other, by more than case: the results are saved under"
                + " them");
      }
    }
    Set<String> names = new HashSet<>();
    for (Level level : levels) {
      if (!names.add(level.name())) {
        throw new PlanException("levels", level.name(), "names that differ from each other");
      }
    }
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

  @JsonCreator
  static Plan of(PlanForm form) {
    return form.plan();
  }

  @JsonValue
  PlanForm form() {
    return PlanForm.of(this);
  }

  /** A plan of these parts alone. */
  public static Plan of(PlanChanges parts) {
    return new Plan(
        DEFAULT_NAME,
        parts.backends(),
        parts.workload(),
        parts.levels(),
        parts.limits(),
        parts.answers(),
        AgentsPolicy.DEFAULT,
        false,
        Course.DEFAULT);
  }

  /** The same plan with these parts for its own. */
  public Plan with(PlanChanges parts) {
    return new Plan(
        name,
        parts.backends(),
        parts.workload(),
        parts.levels(),
        parts.limits(),
        parts.answers(),
        agents,
        queue,
        course);
  }

  /** The same plan for other backends. */
  public Plan withBackends(List<Backend> others) {
    return with(new PlanChanges(others, workload, levels, limits, answers));
  }

  /** The same plan with its prompts from elsewhere. */
  public Plan withDataset(DatasetRef other) {
    return with(new PlanChanges(backends, workload.withDataset(other), levels, limits, answers));
  }

  /** Whether a level goes at the times of the dataset's rows, which are not read yet. */
  public boolean replays() {
    return levels.stream().anyMatch(level -> level.trace().isPresent());
  }

  /** The same of which it is known what trace its dataset is, and so when its requests go. */
  public Plan replaying(Trace trace) {
    List<Level> timed = levels;
    if (replays()) {
      List<Long> stamps = trace.stamps();
      timed = levels.stream().map(level -> level.at(stamps)).toList();
    }
    DatasetRef known = workload.dataset().holding(new DatasetRows.Requests(trace.withoutRows()));
    return with(new PlanChanges(backends, workload.withDataset(known), timed, limits, answers));
  }

  /** As it may be shown: without the values of headers and without prompts. */
  public Plan redacted() {
    List<Backend> shown = backends.stream().map(Backend::redacted).toList();
    return with(new PlanChanges(shown, workload.redacted(), levels, limits, answers));
  }

  /** The same plan, which begins with no fewer than {@code count} load agents. */
  public Plan withAtLeast(int count) {
    AgentsPolicy more = new AgentsPolicy(Math.max(count, agents.min()), agents.onLoss());
    return new Plan(name, backends, workload, levels, limits, answers, more, queue, course);
  }

  /** The same plan, which goes through its levels in another way. */
  public Plan on(Course other) {
    return new Plan(name, backends, workload, levels, limits, answers, agents, queue, other);
  }

  /**
   * The seed of a level's own, so that no two levels send the same sequence, unless they are to.
   */
  public long seedOf(Level level) {
    String purpose =
        workload.dataset().samePrompts().isPresent() ? "every level" : "level " + level.name();
    return Seeds.derive(workload.seed(), purpose, 0);
  }

  /** What a backend's requests look like. */
  public RequestShape requestOf(Backend backend) {
    RequestShape request = workload.request().at(backend.options());
    RequestShape whole = asksLengths() && backend.ignoresEos() ? request.ignoringEos() : request;
    return whole.ignoreEos() && backend.knowsMinTokens() ? whole.withMinTokens() : whole;
  }

  private boolean asksLengths() {
    DatasetRef dataset = workload.dataset();
    return workload.request().maxTokens().isEmpty()
        && (dataset.synthetic().filter(Synthetic::asksOutput).isPresent()
            || dataset.trace().filter(trace -> trace.made() > 0).isPresent());
  }

  /** What agents are to note of each answer. */
  public AnswerOptions answerOptions() {
    return new AnswerOptions(
        answers.fluidity().orElseGet(() -> Deadlines.promised(limits.slo())), answers.keepText());
  }
}
