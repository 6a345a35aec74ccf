package io.streamgauge.common.measure;

/** Which turn of its session a request was, from 1, and of how many. */
public record SessionTurn(int number, int of) {
  public SessionTurn {
    if (number < 1 || number > of) {
      throw new IllegalArgumentException("turn %d of %d".formatted(number, of));
    }
  }

  public boolean first() {
    return number == 1;
  }

  public boolean last() {
    return number == of;
  }
}
