package io.streamgauge.controller.api.answer;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/**
 * Logs what callers could otherwise fill a disk with: ten a minute, and how many more there were.
 */
public final class RareLog {
  private static final long WINDOW = TimeUnit.MINUTES.toNanos(1);
  private static final int MOST = 10;

  private final Logger log;
  private long began = System.nanoTime();
  private long count;

  public RareLog(Logger log) {
    this.log = log;
  }

  public synchronized void error(String what, Throwable error) {
    if (System.nanoTime() - began > WINDOW) {
      if (count > MOST) {
        log.error("and {} errors more in the minute before", count - MOST);
      }
      began = System.nanoTime();
      count = 0;
    }
    if (++count <= MOST) {
      log.error(what.replaceAll("\\p{Cntrl}", "?"), error);
    }
  }
}
