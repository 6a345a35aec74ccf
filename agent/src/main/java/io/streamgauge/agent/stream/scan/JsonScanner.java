package io.streamgauge.agent.stream.scan;

import io.streamgauge.agent.stream.ByteScan;
import io.streamgauge.agent.stream.Utf8;
import io.streamgauge.agent.stream.delta.FinishReasons;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over one JSON text that accepts strictly valid JSON of ordinary depth and nothing else.
 * At the first oddity it gives up: it then stands at the end, every question answers "no", and
 * {@link #finished} is false. So its user needs no check on the way, only one at the end.
 */
final class JsonScanner {
  private static final int DEEPEST = 32;
  private static final int LONGEST_NUMBER = 40;
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private byte[] bytes = {};
  private int at;
  private int limit;
  private boolean gaveUp;
  private boolean justEntered;

  // The last string met, without its quotes.
  private int stringStart;
  private int stringEnd;
  private boolean escaped;

  void open(byte[] data, int offset, int length) {
    bytes = data;
    at = offset;
    limit = offset + length;
    gaveUp = false;
    justEntered = false;
  }

  void giveUp() {
    gaveUp = true;
    at = limit;
  }

  /** Whether one value was read and nothing but blanks is left. */
  boolean finished() {
    return peek() == 0 && at == limit && !gaveUp;
  }

  void enterObject() {
    expect('{');
    justEntered = true;
  }

  void enterArray() {
    expect('[');
    justEntered = true;
  }

  /** Moves to the value of the next key, or behind the object. */
  boolean nextKey() {
    if (!nextElement('}')) {
      return false;
    }
    string();
    if (escaped) {
      giveUp();
    }
    expect(':');
    return !gaveUp;
  }

  /** Moves to the next element, or behind the array. */
  boolean nextElement() {
    return nextElement(']');
  }

  boolean keyIs(byte[] name) {
    return stringEnd - stringStart == name.length
        && Arrays.equals(bytes, stringStart, stringEnd, name, 0, name.length);
  }

  /** Whether the key begins with one of these letters. */
  boolean keyBeginsWith(byte[] letters) {
    for (byte letter : letters) {
      if (stringStart < stringEnd && bytes[stringStart] == letter) {
        return true;
      }
    }
    return false;
  }

  boolean keyEndsWith(byte[] letters) {
    int from = stringEnd - letters.length;
    return from >= stringStart && Arrays.equals(bytes, from, stringEnd, letters, 0, letters.length);
  }

  /** Whether the value that comes next is, or may hold, a text; of an empty one it does not say. */
  boolean holdsText() {
    int next = peek();
    return next == '"' || next == '{' || next == '[';
  }

  /** Takes a null, if it is one. */
  boolean takeNull() {
    if (peek() != 'n') {
      return false;
    }
    literal(NULL);
    return true;
  }

  /** Takes a string or a null; whether it was a string with something in it. */
  boolean takeText() {
    if (takeNull()) {
      return false;
    }
    string();
    return stringEnd > stringStart && !gaveUp;
  }

  /** Where the string that was just taken begins and, with {@link #textEnd}, ends. */
  int textStart() {
    return stringStart;
  }

  int textEnd() {
    return stringEnd;
  }

  /** Whether these bytes may stand between the quotes of a string. */
  boolean isText(byte[] data, int from, int to) {
    open(data, from, to - from);
    toQuote();
    return at == to && !gaveUp;
  }

  /** Takes a string without escapes, for {@link #keyIs} and {@link #finishReason}. */
  boolean takePlainText() {
    boolean some = takeText();
    if (some && escaped) {
      giveUp();
    }
    return some && !gaveUp;
  }

  /** The known finish reason that was just taken; gives up on another. */
  @Nullable String finishReason() {
    String reason = FinishReasons.known(bytes, stringStart, stringEnd);
    if (reason == null) {
      giveUp();
    }
    return reason;
  }

  /** Takes a count of up to nine digits, or a null, which is -1. */
  int takeCount() {
    if (takeNull()) {
      return -1;
    }
    peek();
    int start = at;
    int value = 0;
    while (at < limit && isDigit(bytes[at])) {
      value = value * 10 + bytes[at++] - '0';
    }
    int digits = at - start;
    if (digits == 0 || digits > 9 || (digits > 1 && bytes[start] == '0') || !endsNumber()) {
      giveUp();
      return -1;
    }
    return value;
  }

  void skipValue() {
    skipValue(0);
  }

  private void skipValue(int depth) {
    switch (peek()) {
      case '"' -> string();
      case 'n' -> literal(NULL);
      case 't' -> literal(TRUE);
      case 'f' -> literal(FALSE);
      case '{' -> {
        deepen(depth);
        enterObject();
        while (nextElement('}')) {
          string();
          if (escaped) { // half a surrogate pair is valid in a text, but in no name
            giveUp();
          }
          expect(':');
          skipValue(depth + 1);
        }
      }
      case '[' -> {
        deepen(depth);
        enterArray();
        while (nextElement(']')) {
          skipValue(depth + 1);
        }
      }
      default -> number();
    }
  }

  private void deepen(int depth) {
    if (depth == DEEPEST) {
      giveUp();
    }
  }

  /** A comma is due between elements, and none before the first or the end. */
  private boolean nextElement(char close) {
    boolean first = justEntered;
    justEntered = false;
    int next = peek();
    if (next == close) {
      at++;
      return false;
    }
    if (!first) {
      expect(',');
    }
    return !gaveUp;
  }

  private void string() {
    expect('"');
    stringStart = at;
    toQuote();
    stringEnd = at;
    expect('"');
  }

  /** Moves to the quote that ends a string, or to the end where there is none. */
  private void toQuote() {
    escaped = false;
    while (true) {
      at = ByteScan.stringStop(bytes, at, limit);
      if (at == limit || bytes[at] == '"') {
        return;
      }
      if (bytes[at] == '\\') {
        escaped = true;
        escape();
      } else {
        int length = bytes[at] < 0 ? Utf8.sequence(bytes, at, limit) : 0;
        if (length == 0) {
          giveUp();
        }
        at += length;
      }
    }
  }

  private void escape() {
    int code = limit - at < 2 ? 0 : bytes[at + 1];
    switch (code) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at += 2;
      case 'u' -> {
        boolean hex = limit - at >= 6;
        for (int i = 2; hex && i < 6; i++) {
          hex = isHex(bytes[at + i]);
        }
        if (hex) {
          at += 6;
        } else {
          giveUp();
        }
      }
      default -> giveUp();
    }
  }

  /** {@code -? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?}. */
  private void number() {
    int start = at;
    skip('-', '-');
    boolean zero = at < limit && bytes[at] == '0';
    int digits = digits();
    boolean valid = digits == 1 || (digits > 1 && !zero);
    if (skip('.', '.')) {
      valid &= digits() > 0;
    }
    if (skip('e', 'E')) {
      skip('+', '-');
      valid &= digits() > 0;
    }
    if (!valid || at - start > LONGEST_NUMBER || !endsNumber()) {
      giveUp();
    }
  }

  private int digits() {
    int start = at;
    while (at < limit && isDigit(bytes[at])) {
      at++;
    }
    return at - start;
  }

  private boolean skip(char one, char other) {
    boolean there = at < limit && (bytes[at] == one || bytes[at] == other);
    at += there ? 1 : 0;
    return there;
  }

  private boolean endsNumber() {
    int next = peek();
    return next == ',' || next == '}' || next == ']';
  }

  private void literal(byte[] name) {
    if (limit - at < name.length
        || !Arrays.equals(bytes, at, at + name.length, name, 0, name.length)) {
      giveUp();
      return;
    }
    at += name.length;
  }

  private void expect(char wanted) {
    if (peek() == wanted) {
      at++;
    } else {
      giveUp();
    }
  }

  /** The next byte that is not blank, or 0 at the end. */
  private int peek() {
    while (at < limit) {
      byte b = bytes[at];
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b;
      }
      at++;
    }
    return 0;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isHex(byte b) {
    return isDigit(b) || (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F');
  }
}
