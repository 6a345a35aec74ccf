package io.streamgauge.controller.book;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The latest news of a run, so that a reader who was away can go on where it stopped. When it is
 * full the oldest live numbers go first, for newer ones replace them.
 */
final class NewsLog {
  private static final int MOST = 512;

  private final Deque<RunNews.Entry> entries = new ArrayDeque<>();
  private long last;

  void add(RunNews news) {
    entries.add(new RunNews.Entry(++last, news));
    if (entries.size() > MOST) {
      dropOne();
    }
  }

  private void dropOne() {
    for (Iterator<RunNews.Entry> each = entries.iterator(); each.hasNext(); ) {
      if (each.next().passing()) {
        each.remove();
        return;
      }
    }
    entries.removeFirst();
  }

  /**
   * The first {@code most} that are newer than {@code number}. A number that was never given is
   * from another life of the controller: then all are new.
   */
  List<RunNews.Entry> after(long number, int most) {
    long known = number > last ? 0 : number;
    return entries.stream().filter(entry -> entry.number() > known).limit(most).toList();
  }
}
