package io.streamgauge.agent.stream;

import java.util.Arrays;

/**
 * What stands before an event's data: {@code data: }, or the line of its name before that. A stream
 * mostly repeats the lead of its last event, so the next data is found without a look at each line.
 */
public final class EventLead {
  private static final byte[] PLAIN = {'d', 'a', 't', 'a', ':', ' '};
  private static final byte[] NONE = {};
  private static final int LONGEST = 128;

  private byte[] lead = PLAIN;

  private byte[] named = NONE;
  private int nameStart;
  private int nameEnd;

  /** Where the data begins, if the last event's lead is repeated here; else -1. */
  int end(byte[] data, int from, int limit) {
    int end = from + lead.length;
    return end <= limit && Arrays.equals(data, from, end, lead, 0, lead.length) ? end : -1;
  }

  /** Where the next event begins, if a line and a blank one end here; else -1. */
  public static int afterEvent(byte[] data, int at, int limit) {
    if (limit - at >= 2 && data[at] == '\n' && data[at + 1] == '\n') {
      return at + 2;
    }
    boolean returns =
        limit - at >= 4
            && data[at] == '\r'
            && data[at + 1] == '\n'
            && data[at + 2] == '\r'
            && data[at + 3] == '\n';
    return returns ? at + 4 : -1;
  }

  /** A line that gives an event a name which says no more than its data does. */
  void name(byte[] data, int from, int to) {
    named = data;
    nameStart = from;
    nameEnd = to;
  }

  /** An event's first line of data; its value begins at {@code value}. */
  void data(byte[] data, int from, int value) {
    int start = followsName(data, from) ? nameStart : from;
    named = NONE;
    if (value - start <= LONGEST && !Arrays.equals(data, start, value, lead, 0, lead.length)) {
      lead = Arrays.copyOfRange(data, start, value);
    }
  }

  @SuppressWarnings("ReferenceEquality") // whether it is that very array
  private boolean followsName(byte[] data, int from) {
    return data == named && (from == nameEnd + 1 || (from == nameEnd + 2 && data[nameEnd] == '\r'));
  }

  /** A line of another kind, or another read: what was before is no part of the lead. */
  void other() {
    named = NONE;
  }
}
