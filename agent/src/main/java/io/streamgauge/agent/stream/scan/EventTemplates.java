package io.streamgauge.agent.stream.scan;

import io.streamgauge.agent.stream.EventLines;
import io.streamgauge.agent.stream.Span;
import org.jspecify.annotations.Nullable;

/**
 * The templates of the token events that a server sends: a few, because answers have but some kinds
 * of them, and the same for all streams of a lane, so that they stay in the processor's caches.
 */
public final class EventTemplates {
  public static final int NONE = EventTemplate.NONE;

  private static final int MOST = 4;
  private static final int LONGEST = 2 << 10;

  /** When there are enough, one in so many events may take the place of the oldest. */
  private static final int PATIENCE = 64;

  private final @Nullable EventTemplate[] templates = new EventTemplate[MOST];
  private int learned;
  private int strange;
  private boolean answer;

  /**
   * Where the event ends that begins here, lies whole before {@code limit} and is of a template;
   * {@link #NONE} where none does.
   */
  public int end(byte[] data, int from, int limit) {
    for (EventTemplate template : templates) {
      int end = template == null ? NONE : template.end(data, from, limit);
      if (template != null && end != NONE) {
        answer = template.answer();
        return end;
      }
    }
    return NONE;
  }

  /** Whether the text of the last event found is of the answer, or of thinking. */
  public boolean answer() {
    return answer;
  }

  /** Whether to learn from the next event that no template fits: to look at each would be dear. */
  public boolean learns() {
    return learned < MOST || ++strange % PATIENCE == 0;
  }

  /**
   * Learns from an event that adds text and says nothing else.
   *
   * @param read the bytes that came with it
   * @param payload its data
   * @param text where in the data its text lies
   * @param ofAnswer whether that is of the answer, or of thinking
   */
  public void learn(byte[] data, Span read, Span payload, Span text, boolean ofAnswer) {
    Span event = EventLines.around(data, read, payload);
    if (event == null
        || event.length() - text.length() > LONGEST
        || end(data, event.from(), event.to()) == event.to()) {
      return;
    }
    templates[learned++ % MOST] =
        new EventTemplate(data, event, EventHole.of(data, payload, text), ofAnswer);
  }
}
