package io.streamgauge.controller.result.tally;

import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.histogram.DistributionRecorder;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.measure.SessionTurn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds up sessions by the turns that were sent; keeps little of those that go on, and no others.
 */
public final class SessionTally {
  /** So many first turns have numbers of their own, all others have them together. */
  static final int OWN = 8;

  /** A session so far: when its first turn was sent, and how many of its turns are answered. */
  private record Open(long from, int answered, int of) {}

  private final Map<Long, Open> open = new HashMap<>();
  private final List<TurnTally> turns = new ArrayList<>();
  private final DistributionRecorder durations = new DistributionRecorder();
  private long completed;
  private long failed;
  private long cut;
  private long unsent;
  private long sent;

  void add(RequestRecord request) {
    request.turn().ifPresent(turn -> add(request, turn));
  }

  private void add(RequestRecord request, SessionTurn turn) {
    sent++;
    int place = Math.min(turn.number() - 1, OWN);
    while (turns.size() <= place) {
      turns.add(new TurnTally());
    }
    turns.get(place).add(request);
    Open session = open.remove(request.index());
    long from = session == null ? request.started() : session.from();
    if (request.outcome() != Outcome.OK) {
      failed += request.outcome() == Outcome.CANCELLED ? 0 : 1;
      cut += request.outcome() == Outcome.CANCELLED ? 1 : 0;
      unsent += turn.of() - turn.number();
    } else if (turn.last()) {
      completed++;
      durations.record(request.ended() - from);
    } else {
      open.put(request.index(), new Open(from, turn.number(), turn.of()));
    }
  }

  public boolean any() {
    return sent > 0;
  }

  /** Sessions all of whose turns were answered. */
  public long completed() {
    return completed;
  }

  /** Sessions that ended with a turn that failed. */
  public long failed() {
    return failed;
  }

  /** Sessions that the end of the level cut off. */
  public long cut() {
    return cut + open.size();
  }

  public long sentTurns() {
    return sent;
  }

  /** Turns of sessions that had begun, which were never sent. */
  public long unsentTurns() {
    return unsent + open.values().stream().mapToLong(one -> one.of() - one.answered()).sum();
  }

  /** How long the completed ones took, from their first turn to their last answer's end. */
  public Distribution durations() {
    return durations.snapshot();
  }

  /** The turns by their number; the last of more than {@link #OWN} is all others together. */
  public List<TurnTally> turns() {
    return List.copyOf(turns);
  }

  /** What people call the turn of that place. */
  public static String name(int place) {
    return place < OWN ? String.valueOf(place + 1) : (OWN + 1) + "+";
  }
}
