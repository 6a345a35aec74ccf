package io.streamgauge.agent.stream;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a {@code text/event-stream} body into events by the rules of the WHATWG, whatever the reads
 * it arrives in. An event inside one read is handed on as a slice of that read; one that spans
 * reads is assembled in a buffer that is kept. Fields other than {@code data} are ignored.
 *
 * <p>After an {@link EventTooLargeException} only {@link #reset} helps. The sink must not call back
 * into the decoder.
 */
public final class SseDecoder {
  public static final int DEFAULT_MAXIMUM = 4 << 20;

  private static final int KEPT = 64 << 10;
  private static final int FIRST = 512;
  private static final byte[] NOTHING = {};

  private final EventSink sink;
  private final int maximum;

  // The event so far: its joined data lines, in the read being fed or in `held`.
  private byte[] event = NOTHING;
  private int eventStart;
  private int eventEnd;
  private boolean eventOpen;
  private boolean eventHeld;

  // Kept between reads: the event so far, then (from lineStart) the beginning of a line.
  private byte[] held = NOTHING;
  private int lineStart;
  private int heldEnd;

  private boolean afterReturn;
  private boolean atStart = true;
  private boolean endedInsideEvent;
  private long comments;

  public SseDecoder(EventSink sink) {
    this(sink, DEFAULT_MAXIMUM);
  }

  /**
   * @param maximum bytes of one event, counting the line being read with its field name
   */
  public SseDecoder(EventSink sink, int maximum) {
    if (maximum < 1 || maximum > 1 << 30) {
      throw new IllegalArgumentException("maximum: " + maximum + ", expected 1 to 2^30 bytes");
    }
    this.sink = sink;
    this.maximum = maximum;
  }

  /** Whether a response with this {@code Content-Type} is an event stream at all. */
  public static boolean reads(@Nullable String contentType) {
    return contentType != null
        && contentType
            .split(";", 2)[0]
            .strip()
            .toLowerCase(Locale.ROOT)
            .equals("text/event-stream");
  }

  /** Takes what one read brought. */
  public void feed(byte[] data, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, data.length);
    int at = offset;
    int limit = offset + length;
    while (at < limit) {
      if (afterReturn) {
        afterReturn = false;
        if (data[at] == '\n') {
          at++;
          continue;
        }
      }
      int end = ByteScan.lineEnd(data, at, limit);
      if (end == limit) {
        break;
      }
      if (heldEnd > lineStart) {
        hold(data, at, end);
        line(held, lineStart, heldEnd);
      } else {
        line(data, at, end);
      }
      afterReturn = data[end] == '\r';
      at = end + 1;
    }
    moveEventToHeld();
    if (at < limit) {
      hold(data, at, limit);
    }
  }

  /**
   * Ends the body. An event whose data lines were complete is handed on though its blank line is
   * missing; so is a last {@code [DONE]} without a line end.
   */
  public void end() {
    if (heldEnd > lineStart) {
      int value = dataValue(held, lineStart, heldEnd);
      if (!eventOpen && value >= 0 && Done.is(held, value, heldEnd - value)) {
        line(held, lineStart, heldEnd);
      } else {
        endedInsideEvent = true;
      }
    }
    dispatch();
    closeEvent();
  }

  /** Whether the body ended within a line, so that an event may be lost. */
  public boolean endedInsideEvent() {
    return endedInsideEvent;
  }

  /** Comment lines met since the last reset: servers send them to keep a silent stream open. */
  public long comments() {
    return comments;
  }

  /** Makes ready for another body; a buffer that grew large is let go. */
  public void reset() {
    closeEvent();
    if (held.length > KEPT) {
      held = NOTHING;
    }
    afterReturn = false;
    atStart = true;
    endedInsideEvent = false;
    comments = 0;
  }

  private void line(byte[] bytes, int from, int to) {
    check(to - from);
    int start = from;
    if (atStart) {
      atStart = false;
      start += startsWithByteOrderMark(bytes, from, to) ? 3 : 0;
    }
    if (start == to) {
      heldEnd = lineStart;
      dispatch();
      return;
    }
    int value = dataValue(bytes, start, to);
    if (value >= 0) {
      addData(bytes, value, to);
    } else if (bytes[start] == ':') {
      comments++;
    }
    heldEnd = lineStart;
  }

  private void addData(byte[] bytes, int from, int to) {
    if (!eventOpen) {
      eventOpen = true;
      event = bytes;
      eventStart = from;
      eventEnd = to;
      eventHeld = heldEnd > lineStart;
      lineStart = eventHeld ? to : lineStart;
      return;
    }
    moveEventToHeld();
    // The line may lie in `held` too, behind the event: it moves down over its own field name.
    require(eventEnd + 1 + to - from);
    held[eventEnd] = '\n';
    System.arraycopy(bytes, from, held, eventEnd + 1, to - from);
    eventEnd += 1 + to - from;
    lineStart = eventEnd;
  }

  private void dispatch() {
    if (eventOpen) {
      byte[] bytes = event;
      int start = eventStart;
      int length = eventEnd - eventStart;
      closeEvent();
      sink.event(bytes, start, length);
    }
  }

  private void closeEvent() {
    event = NOTHING;
    eventOpen = false;
    eventHeld = false;
    lineStart = 0;
    heldEnd = 0;
  }

  private void moveEventToHeld() {
    if (eventOpen && !eventHeld) {
      int length = eventEnd - eventStart;
      require(length);
      System.arraycopy(event, eventStart, held, 0, length);
      event = held;
      eventHeld = true;
      eventStart = 0;
      eventEnd = length;
      lineStart = length;
      heldEnd = length;
    }
  }

  private void hold(byte[] bytes, int from, int to) {
    check(heldEnd - lineStart + to - from);
    require(heldEnd + to - from);
    System.arraycopy(bytes, from, held, heldEnd, to - from);
    heldEnd += to - from;
  }

  private void check(int lineLength) {
    if ((eventOpen ? eventEnd - eventStart : 0) + lineLength > maximum) {
      throw new EventTooLargeException(maximum);
    }
  }

  private void require(int capacity) {
    if (capacity > held.length) {
      held = Arrays.copyOf(held, Math.max(capacity, Math.max(FIRST, held.length * 2)));
      event = eventHeld ? held : event;
    }
  }

  /** Where the value of a {@code data} line begins, or -1 if it is another line. */
  private static int dataValue(byte[] bytes, int from, int to) {
    if (to - from < 4
        || bytes[from] != 'd'
        || bytes[from + 1] != 'a'
        || bytes[from + 2] != 't'
        || bytes[from + 3] != 'a') {
      return -1;
    }
    if (to - from == 4) {
      return to;
    }
    if (bytes[from + 4] != ':') {
      return -1;
    }
    return to - from > 5 && bytes[from + 5] == ' ' ? from + 6 : from + 5;
  }

  private static boolean startsWithByteOrderMark(byte[] bytes, int from, int to) {
    return to - from >= 3
        && bytes[from] == (byte) 0xEF
        && bytes[from + 1] == (byte) 0xBB
        && bytes[from + 2] == (byte) 0xBF;
  }
}
