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
import java.util.function.Consumer;

/**
 * Makes one row of each session of a file: of a row that is a whole conversation, and of rows that
 * name the same session. What asks for lengths alone goes through.
 */
public final class SessionRows {
  private final Consumer<FileRow> next;
  private final Map<String, List<FileRow.Sent>> held = new LinkedHashMap<>();

  public SessionRows(Consumer<FileRow> next) {
    this.next = next;
  }

  public void add(FileRow row) {
    switch (row) {
      case FileRow.Sent sent when sent.occasion().session().isPresent() && told(sent).isPresent() ->
          held.computeIfAbsent(sent.occasion().session().get(), _ -> new ArrayList<>()).add(sent);
      case FileRow.Sent sent -> next.accept(inTurns(sent));
      case FileRow.Lengths _, FileRow.Skipped _ -> next.accept(row);
    }
  }

  /** The file is read: hands on what its rows make together. */
  public void end() {
    held.values().forEach(rows -> next.accept(together(rows)));
    held.clear();
  }

  private static FileRow inTurns(FileRow.Sent sent) {
    return new FileRow.Sent(
        sent.conversation().map(said -> SpokenTurns.of(sent.prompt(), said)).orElse(sent.prompt()),
        Optional.empty(),
        sent.occasion());
  }

  /** In the order of their times, where all have one. */
  private static FileRow together(List<FileRow.Sent> rows) {
    if (rows.size() == 1) {
      return inTurns(rows.getFirst());
    }
    if (rows.stream().allMatch(row -> row.occasion().atNanos().isPresent())) {
      rows.sort(Comparator.comparing(row -> row.occasion().atNanos().orElseThrow()));
    }
    Prompt first = rows.getFirst().prompt();
    List<Turn> turns = new ArrayList<>();
    ArrayNode before = told(rows.getFirst()).orElseThrow();
    for (FileRow.Sent row : rows.subList(1, rows.size())) {
      ArrayNode now = told(row).orElseThrow();
      turn(row, before, now, first.maxTokens()).ifPresent(turns::add);
      before = now;
    }
    return new FileRow.Sent(first.withTurns(turns), Optional.empty(), rows.getFirst().occasion());
  }

  /**
   * What the row adds to the one before it: where it repeats that one, what follows there, which
   * begins with the model's answer; else all of it.
   */
  private static Optional<Turn> turn(
      FileRow.Sent row, ArrayNode before, ArrayNode now, Optional<Integer> usual) {
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
                row.prompt().maxTokens().filter(limit -> !Optional.of(limit).equals(usual))));
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
