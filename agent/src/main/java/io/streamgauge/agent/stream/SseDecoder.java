package io.streamgauge.agent.stream;

import java.util.Arrays;
import java.util.Objects;

/**
 * Cuts a {@code text/event-stream} body into events by the rules of the WHATWG, whatever the reads
 * it arrives in. An event inside one read is handed on as a slice of that read; one that spans
 * reads is assembled in a buffer that is kept. Where servers depart from the rules it follows them:
 * whole JSON values in successive data lines are events of their own, as is {@code [DONE]}, and a
 * line that is no field is handed on.
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
  private boolean oneLine;
  private long eventStamp;
  private EventName name = EventName.ORDINARY;

  // Kept between reads: the event so far, then (from lineStart) the beginning of a line.
  private byte[] held = NOTHING;
  private int lineStart;
  private int heldEnd;

  private boolean afterReturn;
  private boolean atStart = true;
  private boolean endedInsideEvent;
  private long comments;
  private long stamp;

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

  /** What the event that is being handed on is called. */
  public EventName name() {
    return name;
  }

  /** When the event that is being handed on was there: the read that ended its last data line. */
  public long eventStamp() {
    return eventStamp;
  }

  /** Whether nothing of an event has come, so that the next byte begins one. */
  public boolean betweenEvents() {
    return !eventOpen && heldEnd == 0 && !afterReturn && !atStart && name == EventName.ORDINARY;
  }

  /** Takes what the read at {@code now} brought. */
  public void feed(byte[] data, int offset, int length, long now) {
    stamp = now;
    feed(data, offset, length);
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
   * missing; so is a last line without a line end that is whole all the same: {@code [DONE]}, a
   * JSON value, or one that is no field.
   */
  public void end() {
    if (heldEnd > lineStart) {
      int value = SseField.value(SseField.DATA, held, lineStart, heldEnd);
      boolean apart = !eventOpen || wholeLine();
      if (value >= 0
          ? apart && isWhole(held, value, heldEnd)
          : !SseField.maybe(held, lineStart, heldEnd)) {
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
    name = EventName.ORDINARY;
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
      start += SseField.byteOrderMark(bytes, from, to);
    }
    if (start == to) {
      heldEnd = lineStart;
      dispatch();
      return;
    }
    int data = SseField.value(SseField.DATA, bytes, start, to);
    if (data >= 0) {
      if (wholeLine()) {
        nextInBlock(bytes, data, to);
      } else {
        addData(bytes, data, to);
      }
    } else {
      otherLine(bytes, start, to);
    }
    heldEnd = lineStart;
    if (data >= 0 && Done.is(event, eventStart, eventEnd - eventStart)) {
      dispatch();
    }
  }

  private void otherLine(byte[] bytes, int from, int to) {
    int value = SseField.value(SseField.EVENT, bytes, from, to);
    if (value >= 0) {
      name = EventName.of(bytes, value, to);
    } else if (bytes[from] == ':') {
      comments++;
    } else if (SseField.value(SseField.ID, bytes, from, to) < 0
        && SseField.value(SseField.RETRY, bytes, from, to) < 0) {
      sink.stray(bytes, from, to - from);
    }
  }

  /** Hands the event on although its block goes on, and begins the next with a data line. */
  private void nextInBlock(byte[] bytes, int from, int to) {
    sink.event(event, eventStart, eventEnd - eventStart);
    @SuppressWarnings("ReferenceEquality") // whether it is that very array
    boolean inHeld = bytes == held;
    closeEvent();
    if (inHeld) {
      System.arraycopy(held, from, held, 0, to - from);
      heldEnd = to - from;
      addData(held, 0, to - from);
    } else {
      addData(bytes, from, to);
    }
  }

  private void addData(byte[] bytes, int from, int to) {
    eventStamp = stamp;
    if (!eventOpen) {
      eventOpen = true;
      oneLine = true;
      event = bytes;
      eventStart = from;
      eventEnd = to;
      eventHeld = heldEnd > lineStart;
      lineStart = eventHeld ? to : lineStart;
      return;
    }
    oneLine = false;
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
    } else if (name == EventName.ERROR) {
      eventStamp = stamp;
      sink.event(NOTHING, 0, 0); // an error without a word is one
    }
    name = EventName.ORDINARY;
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

  /** Of one line only: an event of many would be looked through again with each. */
  private boolean wholeLine() {
    return eventOpen && oneLine && isWhole(event, eventStart, eventEnd);
  }

  private static boolean isWhole(byte[] bytes, int from, int to) {
    return Done.is(bytes, from, to - from) || WholeJson.is(bytes, from, to);
  }
}
