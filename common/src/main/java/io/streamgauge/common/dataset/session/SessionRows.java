package io.streamgauge.common.dataset.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.PromptContent;
import io.streamgauge.common.dataset.Turn;
import io.streamgauge.common.dataset.row.Conversation;
import io.streamgauge.common.dataset.row.FileRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts the rows of a file together to one row of each session: rows that name the same one, and a
 * row that is a whole conversation. Sessions are in the order of their first rows.
 */
public final class SessionRows {
  /** Rows of both kinds that name one session are two sessions. */
  private record Named(Class<? extends FileRow> kind, String session) {}

  public static List<FileRow> together(List<FileRow> rows) {
    Map<Object, List<FileRow>> sessions = new LinkedHashMap<>();
    for (FileRow row : rows) {
      sessions.computeIfAbsent(key(row), _ -> new ArrayList<>()).add(row);
    }
    return sessions.values().stream().map(SessionRows::one).toList();
  }

  /** A row that belongs to no session is one of its own. */
  private static Object key(FileRow row) {
    boolean follows = !(row instanceof FileRow.Sent sent) || told(sent).isPresent();
    return row.occasion()
        .session()
        .filter(_ -> follows)
        .<Object>map(session -> new Named(row.getClass(), session))
        .orElseGet(Object::new);
  }

  /** In the order of their times, where all have one. */
  private static FileRow one(List<FileRow> rows) {
    if (rows.stream().allMatch(row -> row.occasion().atNanos().isPresent())) {
      rows.sort(Comparator.comparing(row -> row.occasion().atNanos().orElseThrow()));
    }
    return switch (rows.getFirst()) {
      case FileRow.Sent sent when rows.size() == 1 -> inTurns(sent);
      case FileRow.Sent _ -> said(rows.stream().map(FileRow.Sent.class::cast).toList());
      case FileRow.Lengths first ->
          new FileRow.Lengths(
              first.inputTokens(),
              first.outputTokens(),
              first.blocks(),
              first.occasion(),
              rows.stream().skip(1).map(FileRow.Lengths.class::cast).toList());
      case FileRow.Skipped skipped -> skipped;
    };
  }

  private static FileRow.Sent inTurns(FileRow.Sent sent) {
    return new FileRow.Sent(
        sent.conversation().map(said -> SpokenTurns.of(sent.prompt(), said)).orElse(sent.prompt()),
        Optional.empty(),
        sent.occasion());
  }

  private static FileRow said(List<FileRow.Sent> rows) {
    Prompt first = rows.getFirst().prompt();
    List<Turn> turns = new ArrayList<>();
    FileRow.Sent last = rows.getFirst();
    for (FileRow.Sent row : rows.subList(1, rows.size())) {
      Optional<Turn> turn = turn(row, last, first.maxTokens());
      turn.ifPresent(turns::add);
      last = row;
    }
    return new FileRow.Sent(first.withTurns(turns), Optional.empty(), rows.getFirst().occasion());
  }

  /**
   * What the row adds to the one before it: where it repeats that one, what follows there, which
   * begins with the model's answer; else all of it.
   */
  private static Optional<Turn> turn(FileRow.Sent row, FileRow.Sent last, Optional<Integer> usual) {
    ArrayNode before = told(last).orElseThrow();
    ArrayNode now = told(row).orElseThrow();
    boolean repeats = now.size() > before.size();
    for (int i = 0; repeats && i < before.size(); i++) {
      repeats = now.get(i).equals(before.get(i));
    }
    ArrayNode recorded = JsonNodeFactory.instance.arrayNode();
    ArrayNode messages = JsonNodeFactory.instance.arrayNode();
    for (int i = repeats ? before.size() : 0; i < now.size(); i++) {
      boolean answer =
          repeats && messages.isEmpty() && now.get(i).path("role").asText().equals("assistant");
      (answer ? recorded : messages).add(now.get(i));
    }
    return messages.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Turn(
                repeats ? Optional.of(recorded) : Optional.empty(),
                messages,
                row.occasion().delayNanos().map(Duration::ofNanos),
                row.prompt().maxTokens().filter(limit -> !Optional.of(limit).equals(usual)),
                Optional.empty(),
                row.occasion().after(last.occasion())));
  }

  /** What a row says in messages; nothing where it is sent as it is. */
  private static Optional<ArrayNode> told(FileRow.Sent row) {
    return switch (row.prompt().content()) {
      case PromptContent.Text(String text) -> Optional.of(Conversation.messages("user", text));
      case PromptContent.Messages(ArrayNode messages, var _) -> Optional.of(messages);
      case PromptContent.Body _, PromptContent.Tokens _ -> Optional.empty();
    };
  }
}
