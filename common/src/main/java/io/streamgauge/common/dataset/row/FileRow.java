package io.streamgauge.common.dataset.row;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.Prompt;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a row of a file asks for. */
public sealed interface FileRow {
  /**
   * A prompt that can be sent as it is.
   *
   * @param conversation all that was said, where the row has more than one turn
   */
  record Sent(Prompt prompt, Optional<Conversation> conversation, Occasion occasion)
      implements FileRow {
    /** A prompt at no certain time. */
    public Sent(Prompt prompt) {
      this(prompt, Optional.empty(), Occasion.ANY);
    }

    /** A prompt of one turn. */
    public Sent(Prompt prompt, Occasion occasion) {
      this(prompt, Optional.empty(), occasion);
    }
  }

  /**
   * A request of which lengths are known and no words.
   *
   * @param outputTokens 0 where the request failed when it was recorded
   * @param later what follows it in its session, where rows are put together
   */
  record Lengths(
      int inputTokens,
      int outputTokens,
      Optional<Blocks> blocks,
      Occasion occasion,
      List<Lengths> later)
      implements FileRow {
    public Lengths {
      later = List.copyOf(later);
      if (inputTokens < 0 || outputTokens < 0) {
        throw new PlanException("tokens", Math.min(inputTokens, outputTokens), "0 or more");
      }
    }

    /** One that nothing follows. */
    public Lengths(int inputTokens, int outputTokens, Optional<Blocks> blocks, Occasion occasion) {
      this(inputTokens, outputTokens, blocks, occasion, List.of());
    }

    /** The same with an answer of such a length. */
    public Lengths answered(int tokens) {
      return new Lengths(inputTokens, tokens, blocks, occasion, later);
    }

    /** It and what follows, each alone. */
    public Stream<Lengths> turns() {
      return Stream.concat(
          Stream.of(new Lengths(inputTokens, outputTokens, blocks, occasion)), later.stream());
    }

    /** Whether it has a block in which none of its tokens is. */
    public boolean isOverfull() {
      return blocks
          .filter(all -> (all.ids().size() - 1L) * all.tokens() >= inputTokens)
          .filter(all -> !all.ids().isEmpty())
          .isPresent();
    }

    /** Input tokens of all its turns. */
    public long tokens() {
      return turns().mapToLong(Lengths::inputTokens).sum();
    }
  }

  /** A row that asks for nothing, and why. */
  record Skipped(String reason) implements FileRow {}

  /** The same with its time counted from {@code zero}. */
  default FileRow since(long zero) {
    return switch (this) {
      case Sent(Prompt prompt, Optional<Conversation> conversation, Occasion occasion) ->
          new Sent(prompt, conversation, occasion.since(zero));
      case Lengths(
              int input,
              int output,
              Optional<Blocks> blocks,
              Occasion occasion,
              List<Lengths> later) ->
          new Lengths(
              input,
              output,
              blocks,
              occasion.since(zero),
              later.stream().map(one -> (Lengths) one.since(zero)).toList());
      case Skipped skipped -> skipped;
    };
  }

  /** The first and those that follow it. */
  default int turnCount() {
    return switch (this) {
      case Sent sent -> 1 + sent.prompt().later().size();
      case Lengths lengths -> 1 + lengths.later().size();
      case Skipped _ -> 0;
    };
  }

  default Occasion occasion() {
    return switch (this) {
      case Sent sent -> sent.occasion;
      case Lengths lengths -> lengths.occasion;
      case Skipped _ -> Occasion.ANY;
    };
  }
}
