package io.streamgauge.common.dataset.session;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.Dataset;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.PromptContent;
import io.streamgauge.common.dataset.Turn;
import io.streamgauge.common.dataset.row.Conversation;
import io.streamgauge.common.dataset.row.FileRow;
import io.streamgauge.common.dataset.trace.Trace;
import io.streamgauge.common.json.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How conversations are sent in turns.
 *
 * @param think the time between an answer and the next turn, in place of what the file says
 * @param history what goes before a later turn
 */
public record Sessions(Optional<Duration> think, History history) {
  public static final Sessions DEFAULT = new Sessions(Optional.empty(), History.LIVE);

  private static final String FILE = "as the file says";
  private static final String UNSAID = ", as the file does not say";

  /** What goes before a later turn: what the server answered, or what was recorded. */
  public enum History {
    LIVE,
    RECORDED;

    @JsonValue
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static History parse(String text) {
      return switch (text) {
        case "live" -> LIVE;
        case "recorded" -> RECORDED;
        default -> throw new PlanException("history", text, "live or recorded");
      };
    }
  }

  public Sessions {
    think.ifPresent(
        time -> {
          if (time.isNegative()) {
            throw new PlanException("think", Durations.format(time), "0s or more");
          }
        });
  }

  @JsonCreator
  static Sessions of(
      @JsonProperty("think") Optional<Duration> think,
      @JsonProperty("history") Optional<History> history) {
    return new Sessions(think, history.orElse(DEFAULT.history));
  }

  /**
   * The dataset's conversations as they are to be sent.
   *
   * @throws PlanException where there is none, or not what the history is to be of
   */
  public Dataset over(Dataset dataset) {
    List<Prompt> prompts = dataset.prompts().stream().map(prompt -> over(prompt, false)).toList();
    List<Integer> turns = prompts.stream().map(prompt -> 1 + prompt.later().size()).toList();
    boolean thinks =
        prompts.stream()
            .flatMap(prompt -> prompt.later().stream())
            .anyMatch(turn -> turn.think().isPresent());
    return new Dataset(
        dataset.name(),
        prompts,
        with(
            dataset.notes(),
            told(dataset.name(), turns, history.label(), thinks ? FILE : "0s" + UNSAID)));
  }

  /**
   * The trace with one row of each session.
   *
   * @param replayed whether sessions go at the trace's times, and turns no sooner than at theirs
   * @throws PlanException as {@link #over(Dataset)} does
   */
  public Trace over(Trace trace, boolean replayed) {
    List<FileRow> rows =
        SessionRows.together(trace.rows()).stream().map(row -> over(row, replayed)).toList();
    String told =
        told(
            trace.format(),
            rows.stream().map(FileRow::turnCount).toList(),
            trace.made() == 0 ? history.label() : "of the recorded lengths",
            replayed ? FILE + ", else each turn no sooner than at its time" : FILE + ", else 0s");
    return trace.with(rows, with(trace.notes(), told));
  }

  private FileRow over(FileRow row, boolean replayed) {
    return row instanceof FileRow.Sent sent
        ? new FileRow.Sent(over(sent.prompt(), replayed), sent.occasion())
        : row;
  }

  private String told(String name, List<Integer> turns, String said, String thought) {
    int most = turns.stream().mapToInt(Integer::intValue).max().orElse(1);
    if (most == 1) {
      throw new PlanException(
          "dataset.sessions",
          name,
          "conversations of more than one turn; none of its %d prompts has a second one"
              .formatted(turns.size()));
    }
    return "sessions: %d conversations, %d turns in all and at most %d in one; history %s; think %s"
        .formatted(
            turns.size(),
            turns.stream().mapToInt(Integer::intValue).sum(),
            most,
            said,
            think.map(Durations::format).orElse(thought));
  }

  private static List<String> with(List<String> notes, String more) {
    return Stream.concat(notes.stream(), Stream.of(more)).toList();
  }

  /** Only their first turns, where sessions are not wanted. */
  public static Dataset firstTurns(Dataset dataset) {
    return new Dataset(
        dataset.name(),
        dataset.prompts().stream().map(prompt -> prompt.withTurns(List.of())).toList(),
        dataset.notes());
  }

  /** The same of a trace. */
  public static Trace firstTurns(Trace trace) {
    return trace.with(
        trace.rows().stream()
            .map(
                row ->
                    row instanceof FileRow.Sent sent
                        ? new FileRow.Sent(sent.prompt().withTurns(List.of()), sent.occasion())
                        : row)
            .toList(),
        trace.notes());
  }

  private Prompt over(Prompt prompt, boolean replayed) {
    if (prompt.later().isEmpty()) {
      return prompt;
    }
    List<Turn> turns =
        prompt.later().stream().map(turn -> over(prompt.id(), turn, replayed)).toList();
    return prompt.withContent(asMessages(prompt)).withTurns(turns);
  }

  /** What follows must have a list to follow in. */
  private static PromptContent asMessages(Prompt prompt) {
    return switch (prompt.content()) {
      case PromptContent.Messages messages -> messages;
      case PromptContent.Text(String text) ->
          new PromptContent.Messages(Conversation.messages("user", text), Optional.empty());
      case PromptContent.Body _, PromptContent.Tokens _ ->
          throw new PlanException(
              "turns", "prompt " + prompt.id(), "a text or messages, which turns can follow");
    };
  }

  private Turn over(String id, Turn turn, boolean replayed) {
    Optional<Duration> spacing = replayed && think.isEmpty() ? turn.spacing() : Optional.empty();
    Turn timed = turn.timed(think.or(turn::think), spacing);
    return timed.afresh().isPresent() ? timed : saying(id, timed);
  }

  private Turn saying(String id, Turn turn) {
    return new Turn(
        switch (history) {
          case LIVE -> live(id, turn);
          case RECORDED -> Optional.of(turn.recorded().orElseThrow(() -> unrecorded(id)));
        },
        turn.messages(),
        turn.think(),
        turn.maxTokens(),
        Optional.empty(),
        turn.spacing());
  }

  /** The result of a tool answers a call that stands in the recorded answer alone. */
  private static Optional<ArrayNode> live(String id, Turn turn) {
    String role = turn.messages().path(0).path("role").asText();
    if (role.equals("tool") || role.equals("function")) {
      throw new PlanException(
          "history",
          "live",
          "recorded: a turn of session %s is a tool's result, and its call is in the recorded answer"
              .formatted(id));
    }
    return Optional.empty();
  }

  private static PlanException unrecorded(String id) {
    return new PlanException(
        "history",
        "recorded",
        "live: the file does not tell what was answered in session %s".formatted(id));
  }
}
