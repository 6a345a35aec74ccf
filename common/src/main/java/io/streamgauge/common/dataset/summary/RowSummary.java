package io.streamgauge.common.dataset.summary;

import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.row.FileRow;
import io.streamgauge.common.dataset.row.Occasion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a dataset or trace is made of, from one walk over its rows; keeps none but the first
 * prompts. Categories keep the order in which the rows first name them.
 */
public final class RowSummary {
  private final int keep;
  private final List<Prompt> first = new ArrayList<>();
  private final Map<String, Long> categories = new LinkedHashMap<>();
  private final Map<String, Integer> turns = new HashMap<>();
  private final Lengths characters = new Lengths();
  private final Lengths maxTokens = new Lengths();
  private final Lengths inputTokens = new Lengths();
  private final Lengths outputTokens = new Lengths();
  private final Lengths conversations = new Lengths();
  private final PrefixReuse reuse = new PrefixReuse();
  private final Arrivals arrivals = new Arrivals();
  private long count;
  private long failed;

  /** A summary that keeps so many prompts as they are. */
  public RowSummary(int keep) {
    this.keep = keep;
  }

  public void add(FileRow row) {
    count++;
    occasion(row.occasion());
    switch (row) {
      case FileRow.Sent sent -> {
        prompt(sent.prompt());
        sent.conversation().ifPresent(said -> conversations.add(said.turns()));
        sent.prompt().turns().ifPresent(later -> conversations.add(1 + later.size()));
      }
      case FileRow.Lengths lengths -> {
        inputTokens.add(lengths.inputTokens());
        outputTokens.add(lengths.outputTokens());
        failed += lengths.outputTokens() == 0 ? 1 : 0;
        lengths.blocks().ifPresent(reuse::add);
      }
      case FileRow.Skipped _ -> {}
    }
  }

  private void occasion(Occasion occasion) {
    occasion.atNanos().ifPresent(arrivals::add);
    occasion.session().ifPresent(session -> turns.merge(session, 1, Integer::sum));
  }

  private void prompt(Prompt prompt) {
    if (first.size() < keep) {
      first.add(prompt);
    }
    categories.merge(prompt.category(), 1L, Long::sum);
    characters.add(prompt.text().codePointCount(0, prompt.text().length()));
    prompt.maxTokens().ifPresent(maxTokens::add);
    prompt.inputTokens().ifPresent(inputTokens::add);
  }

  public long count() {
    return count;
  }

  /** Requests without an answer when they were recorded. */
  public long failed() {
    return failed;
  }

  /** Rows that can be sent as they are. */
  public long prompts() {
    return characters.count();
  }

  public List<Prompt> first() {
    return Collections.unmodifiableList(first);
  }

  public Map<String, Long> categories() {
    return Collections.unmodifiableMap(categories);
  }

  /** Of what people are shown of a prompt. */
  public Lengths characters() {
    return characters;
  }

  /** Output limits, of the prompts that have one. */
  public Lengths maxTokens() {
    return maxTokens;
  }

  public Lengths inputTokens() {
    return inputTokens;
  }

  public Lengths outputTokens() {
    return outputTokens;
  }

  public PrefixReuse reuse() {
    return reuse;
  }

  public Arrivals arrivals() {
    return arrivals;
  }

  /** Requests of each session, or turns of each conversation. */
  public Lengths turns() {
    if (turns.isEmpty()) {
      return conversations;
    }
    Lengths lengths = new Lengths();
    turns.values().forEach(lengths::add);
    return lengths;
  }
}
