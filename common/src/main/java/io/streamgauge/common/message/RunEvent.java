package io.streamgauge.common.message;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RunStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the controller publishes about a run, for the console and the live page. */
public sealed interface RunEvent extends Message {
  String runId();

  /** A line for the user about where the run stands. */
  record Note(String runId, String text) implements RunEvent {}

  /**
   * One a second while a level runs. Latencies in ms. Only on the bus is its kind written with it:
   * the API shows it as it is.
   */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NONE)
  record LiveStats(
      String runId,
      String backend,
      String level,
      Duration elapsed,
      long done,
      long inFlight,
      long failed,
      Optional<Long> total,
      double outputTps,
      OptionalDouble ttftP50,
      OptionalDouble ttftP99,
      OptionalDouble itlP50,
      OptionalDouble itlP99,
      Optional<Duration> left,
      Totals totals)
      implements RunEvent {
    /** Numbers for people alone. */
    public LiveStats(
        String runId,
        String backend,
        String level,
        Duration elapsed,
        long done,
        long inFlight,
        long failed,
        Optional<Long> total,
        double outputTps,
        OptionalDouble ttftP50,
        OptionalDouble ttftP99,
        OptionalDouble itlP50,
        OptionalDouble itlP99,
        Optional<Duration> left) {
      this(
          runId,
          backend,
          level,
          elapsed,
          done,
          inFlight,
          failed,
          total,
          outputTps,
          ttftP50,
          ttftP99,
          itlP50,
          itlP99,
          left,
          Totals.NONE);
    }
  }

  /**
   * What a level has added up to so far, in ms where it is a time.
   *
   * @param inputTokens of requests answered in full, like the output tokens
   * @param arrivedTokens output tokens that have arrived, also of requests in flight
   */
  record Totals(
      Map<Outcome, Long> outcomes,
      long inputTokens,
      long outputTokens,
      long arrivedTokens,
      long ttftCount,
      double ttftSum,
      long itlCount,
      double itlSum) {
    public static final Totals NONE = new Totals(Map.of(), 0, 0, 0, 0, 0, 0, 0);

    public Totals {
      outcomes = Map.copyOf(outcomes);
    }
  }

  /**
   * One a second beside the live numbers: where in its run the level is, and what agents, GPUs and
   * the engine do. The API shows it without its kind, too.
   *
   * @param elapsed since the level's start
   * @param engine what its metrics page told last, by the names that results have for it
   * @param findings what a measured level shows already; its end tells all, and may tell otherwise
   */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NONE)
  record Observed(
      String runId,
      Duration elapsed,
      Stage stage,
      List<AgentWork> agents,
      List<Board> boards,
      Map<String, Double> engine,
      List<Flag> findings)
      implements RunEvent {
    public Observed {
      agents = List.copyOf(agents);
      boards = List.copyOf(boards);
      engine = Map.copyOf(engine);
      findings = List.copyOf(findings);
    }
  }

  /**
   * A level's place in its run.
   *
   * @param number of the level among the {@code of} of its backend, from 1; of a search nobody
   *     knows how many there will be
   * @param turn which of the {@code turns} of backends and their repeats it is, from 1
   */
  record Stage(
      String backend,
      String level,
      boolean warmup,
      int number,
      Optional<Integer> of,
      int turn,
      int turns) {}

  /** What an agent has done of a level so far. */
  record AgentWork(String agent, long done, long failed, long inFlight) {}

  /** A GPU of an agent's host, with its latest sample by the names that results have for it. */
  record Board(String agent, int gpu, Map<String, Double> values) {
    public Board {
      values = Map.copyOf(values);
    }
  }

  /** A measured level is over; whether its numbers can be used, and what was flagged on them. */
  record LevelEnded(String runId, String backend, String level, boolean valid, List<Flag> findings)
      implements RunEvent {
    public LevelEnded {
      findings = List.copyOf(findings);
    }
  }

  /** A finding, with its code and its severity as results name them. */
  record Flag(String code, String severity, String message) {}

  /**
   * The result files of a backend, or of one of its repeats, are written; {@code console} is all of
   * the result as the console shows it, {@code brief} what it shows unless asked for all, {@code
   * json} the path of its file.
   */
  record Written(
      String runId,
      String backend,
      Optional<Integer> repeat,
      String status,
      String json,
      String console,
      String brief)
      implements RunEvent {}

  /** The run is over; {@code stopped} is the status under which somebody ended it, if so. */
  record Ended(
      String runId,
      List<Written> results,
      int exitCode,
      Optional<String> failure,
      Optional<RunStatus> stopped)
      implements RunEvent {
    public Ended {
      results = List.copyOf(results);
    }
  }
}
