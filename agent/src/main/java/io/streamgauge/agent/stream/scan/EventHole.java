package io.streamgauge.agent.stream.scan;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.streamgauge.agent.stream.ByteScan;
import io.streamgauge.agent.stream.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What may vary from one token event to the next though they say the same. */
enum EventHole {
  /** What the model generated. */
  TEXT,
  /** A string without escapes, of one character at least, that names the answer or fills a line. */
  NAME,
  /** A whole number from 1 on that counts the events, or tells when the answer was begun. */
  NUMBER;

  private static final int MOST_DIGITS = 15;

  private static final List<byte[]> NAMES = keys("id", "item_id", "response_id", "obfuscation");
  private static final List<byte[]> NUMBERS = keys("created", "created_at", "sequence_number");

  private static List<byte[]> keys(String... keys) {
    return Arrays.stream(keys).map(key -> ("\"" + key + "\":").getBytes(US_ASCII)).toList();
  }

  /** A hole in its place in an event. */
  record Cut(EventHole hole, Span place) {}

  /** The holes of an event, in their order. */
  static List<Cut> of(byte[] data, Span payload, Span text) {
    List<Cut> cuts = new ArrayList<>();
    cuts.add(new Cut(TEXT, text));
    for (int at = payload.from() + 1; at < payload.to(); at++) {
      if (at == text.from()) {
        at = text.to();
      } else if (data[at] == '"' && data[at - 1] != '\\') {
        NAME.addAt(NAMES, data, at, payload.to(), cuts);
        NUMBER.addAt(NUMBERS, data, at, payload.to(), cuts);
      }
    }
    cuts.sort(Comparator.comparingInt(cut -> cut.place().from()));
    return cuts;
  }

  /** Adds the value of one of this hole's keys, if one begins here. */
  private void addAt(List<byte[]> keys, byte[] data, int at, int to, List<Cut> cuts) {
    for (byte[] key : keys) {
      int value = at + key.length;
      if (value < to && Arrays.equals(data, at, value, key, 0, key.length)) {
        while (value < to && data[value] == ' ') {
          value++;
        }
        Span place = place(data, value, to);
        if (place.length() > 0) {
          cuts.add(new Cut(this, place));
        }
      }
    }
  }

  /** Of a value that is not of this kind nothing. */
  private Span place(byte[] data, int value, int to) {
    int from = this == NAME && data[value] == '"' ? value + 1 : value;
    int end = this == NAME && from == value ? value : end(data, from, to);
    boolean whole = end < to && (this == NAME ? data[end] == '"' : endsNumber(data[end]));
    return new Span(from, whole ? end : from);
  }

  private static boolean endsNumber(byte b) {
    return b == ',' || b == '}';
  }

  /** Where that ends which fills the hole from here on; {@code from} where nothing does. */
  int end(byte[] data, int from, int limit) {
    return this == NUMBER ? numberEnd(data, from, limit) : ByteScan.stringStop(data, from, limit);
  }

  private static int numberEnd(byte[] data, int from, int limit) {
    int most = Math.min(limit, from + MOST_DIGITS);
    int at = from;
    while (at < most && JsonCursor.isDigit(data[at])) {
      at++;
    }
    return at > from && data[from] == '0' ? from : at;
  }
}
