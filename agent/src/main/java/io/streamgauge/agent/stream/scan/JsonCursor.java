package io.streamgauge.agent.stream.scan;

import io.streamgauge.agent.stream.ByteScan;
import io.streamgauge.agent.stream.Utf8;
import java.util.Arrays;

/**
 * A place in one JSON text and the steps over its tokens. A cursor that meets an oddity gives up:
 * it then stands at the end and {@link #finished} is false, so that its user has one check to make,
 * at the end.
 */
class JsonCursor {
  private static final int LONGEST_NUMBER = 40;

  byte[] bytes = {};
  int at;
  int limit;
  private boolean gaveUp;

  // The last string met, without its quotes.
  int stringStart;
  int stringEnd;
  boolean escaped;

  final void open(byte[] data, int offset, int length) {
    bytes = data;
    at = offset;
    limit = offset + length;
    gaveUp = false;
  }

  final void giveUp() {
    gaveUp = true;
    at = limit;
  }

  final boolean goesOn() {
    return !gaveUp;
  }

  /** Whether one value was read and nothing but blanks is left. */
  final boolean finished() {
    return peek() == 0 && at == limit && !gaveUp;
  }

  /** Where the string ends that goes on at {@code from}, at its quote; -1 where it does not. */
  final int textEnd(byte[] data, int from, int to) {
    open(data, from, to - from);
    toQuote();
    return at < to && !gaveUp ? at : -1;
  }

  final void string() {
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
  final void number() {
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

  final boolean endsNumber() {
    int next = peek();
    return next == ',' || next == '}' || next == ']';
  }

  final void literal(byte[] name) {
    if (limit - at < name.length
        || !Arrays.equals(bytes, at, at + name.length, name, 0, name.length)) {
      giveUp();
      return;
    }
    at += name.length;
  }

  final void expect(char wanted) {
    if (peek() == wanted) {
      at++;
    } else {
      giveUp();
    }
  }

  /** The next byte that is not blank, or 0 at the end. */
  final int peek() {
    while (at < limit) {
      byte b = bytes[at];
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b;
      }
      at++;
    }
    return 0;
  }

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isHex(byte b) {
    return isDigit(b) || (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F');
  }
}
