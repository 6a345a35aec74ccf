package io.streamgauge.agent.stream.scan;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.streamgauge.agent.stream.delta.FinishReasons;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over one JSON text that accepts strictly valid JSON of ordinary depth and nothing else.
 * At the first oddity it gives up: it then stands at the end, every question answers "no", and
 * {@link #finished} is false. So its user needs no check on the way, only one at the end.
 */
final class JsonScanner extends JsonCursor {
  private static final int DEEPEST = 32;
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private boolean justEntered;

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
    return goesOn();
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
    return stringEnd > stringStart && goesOn();
  }

  /** Where the string that was just taken begins and, with {@link #textEnd}, ends. */
  int textStart() {
    return stringStart;
  }

  int textEnd() {
    return stringEnd;
  }

  /** Takes a string without escapes, for {@link #keyIs} and {@link #finishReason}. */
  boolean takePlainText() {
    boolean some = takeText();
    if (some && escaped) {
      giveUp();
    }
    return some && goesOn();
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
    return goesOn();
  }

  /** A repeated key is left to the parser, where the last one wins. */
  int once(int seen, int key) {
    if ((seen & key) != 0) {
      giveUp();
    }
    return seen | key;
  }

  static byte[] name(String key) {
    return key.getBytes(US_ASCII);
  }
}
