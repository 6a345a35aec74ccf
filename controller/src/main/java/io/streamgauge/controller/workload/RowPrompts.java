package io.streamgauge.controller.workload;

import io.streamgauge.common.Seeds;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.PromptContent;
import io.streamgauge.common.dataset.Turn;
import io.streamgauge.common.dataset.row.Blocks;
import io.streamgauge.common.dataset.row.Conversation;
import io.streamgauge.common.dataset.row.FileRow;
import io.streamgauge.common.dataset.session.Sessions;
import io.streamgauge.common.dataset.synthetic.TraceMaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Makes prompts of a trace's rows. A session of lengths has a whole prompt for each of its turns,
 * because the trace tells how long each was with all that was said before.
 *
 * @param maker of texts, where some rows are lengths
 * @param speed at which a replay goes, and its users think
 * @param mark in front of the prompts that the trace has
 */
record RowPrompts(
    Optional<TraceMaker> maker, Optional<Double> speed, Optional<Sessions> sessions, String mark) {
  private static final String CATEGORY = "trace";

  /** Of the blocks of sessions whose rows have none. */
  private static final int BLOCK = 64;

  /** The prompt of request {@code i}, or of that session. */
  Prompt of(long i, String id, FileRow row) {
    return switch (row) {
      case FileRow.Sent sent ->
          (mark.isEmpty() ? sent.prompt() : sent.prompt().beginningWith(mark))
              .withId(id)
              .withTurns(sent.prompt().later().stream().map(this::atSpeed).toList());
      case FileRow.Lengths lengths -> made(i, id, lengths);
      case FileRow.Skipped skipped -> throw new IllegalStateException(skipped.reason());
    };
  }

  private Prompt made(long i, String id, FileRow.Lengths lengths) {
    if (lengths.later().isEmpty()) {
      return new Prompt(
          id,
          CATEGORY,
          text(i, lengths, lengths.blocks()),
          Optional.of(lengths.outputTokens()),
          Optional.of(lengths.inputTokens()));
    }
    List<Turn> later = new ArrayList<>();
    FileRow.Lengths before = lengths;
    for (FileRow.Lengths one : lengths.later()) {
      later.add(turn(i, one, before));
      before = one;
    }
    return new Prompt(
        id,
        CATEGORY,
        whole(i, lengths),
        Optional.of(lengths.outputTokens()),
        Optional.of(lengths.inputTokens()),
        Optional.of(later));
  }

  private Turn turn(long i, FileRow.Lengths one, FileRow.Lengths before) {
    Optional<Duration> spacing =
        speed.isPresent() ? one.occasion().after(before.occasion()) : Optional.empty();
    return atSpeed(
        new Turn(
            Optional.empty(),
            whole(i, one).messages(),
            think().or(() -> one.occasion().delayNanos().map(Duration::ofNanos)),
            Optional.of(one.outputTokens()),
            Optional.of(true),
            think().isPresent() ? Optional.empty() : spacing));
  }

  private Optional<Duration> think() {
    return sessions.flatMap(Sessions::think);
  }

  /** What the file says of times goes at the speed; what the user says does not. */
  private Turn atSpeed(Turn turn) {
    return speed.isEmpty() || think().isPresent()
        ? turn
        : turn.timed(turn.think().map(this::scaled), turn.spacing().map(this::scaled));
  }

  private Duration scaled(Duration time) {
    return Duration.ofNanos(Math.round(time.toNanos() / speed.orElseThrow()));
  }

  /** In a session without blocks each turn begins with what the one before it was. */
  private PromptContent.Messages whole(long i, FileRow.Lengths one) {
    Optional<Blocks> blocks = one.blocks().or(() -> Optional.of(own(i, one.inputTokens())));
    return new PromptContent.Messages(
        Conversation.messages("user", text(i, one, blocks)), Optional.empty());
  }

  private static Blocks own(long i, int tokens) {
    return new Blocks(
        LongStream.rangeClosed(0, tokens / BLOCK)
            .mapToObj(n -> Seeds.derive(i, "block of a session", n))
            .toList(),
        BLOCK);
  }

  private String text(long i, FileRow.Lengths one, Optional<Blocks> blocks) {
    return maker.orElseThrow().text(i, one.inputTokens(), blocks);
  }
}
