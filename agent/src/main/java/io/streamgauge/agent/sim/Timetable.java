package io.streamgauge.agent.sim;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayDeque;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When the replies of an engine go on, on the clock of {@link System#nanoTime}. One timer, set to
 * the earliest of them, wakes the event loop for all that is due by then. Work without a time of
 * its own is done while nothing is due.
 */
final class Timetable {
  /** After so much at a stretch the sockets get their turn. */
  private static final long STRETCH_NANOS = 1_000_000;

  private final EventLoop loop;
  private final Runnable wakeUp;
  private final DueHeap<Runnable> due = new DueHeap<>();
  private final ArrayDeque<Runnable> work = new ArrayDeque<>();
  private @Nullable Future<?> timer;
  private long waking;
  private boolean running;

  private Timetable(ContextInternal context) {
    this.loop = context.nettyEventLoop();
    Runnable run = this::run;
    // Whatever is thrown would be lost in the timer's future.
    this.wakeUp = () -> context.dispatch(run);
  }

  /** On the event loop of {@code context}, on which alone it may be used. */
  static Timetable of(Context context) {
    return new Timetable((ContextInternal) context);
  }

  /** Has {@code task} done as soon as {@code time} has come, and never within this call. */
  void at(long time, Runnable task) {
    due.add(time, task);
    wake();
  }

  /** Takes out a task whose time will not come. */
  void remove(Runnable task) {
    due.remove(task);
  }

  /** Has {@code task} done after what is due, and never within this call. */
  void whenIdle(Runnable task) {
    work.add(task);
    wake();
  }

  /** A timer that comes too early does no harm, so none is set anew for a later time. */
  private void wake() {
    if (running || (work.isEmpty() && due.isEmpty())) {
      return;
    }
    long now = System.nanoTime();
    long time = work.isEmpty() ? due.earliest() : now;
    if (timer != null) {
      if (waking - time <= 0) {
        return;
      }
      timer.cancel(false);
    }
    waking = time;
    timer = loop.schedule(wakeUp, time - now, TimeUnit.NANOSECONDS);
  }

  private void run() {
    timer = null;
    running = true;
    try {
      long start = System.nanoTime();
      for (long now = start; now - start < STRETCH_NANOS && step(now); now = System.nanoTime()) {}
    } finally {
      running = false;
      wake();
    }
  }

  /** Whether there was something to do. */
  private boolean step(long now) {
    Runnable task = !due.isEmpty() && due.earliest() - now <= 0 ? due.poll() : work.poll();
    if (task != null) {
      task.run();
    }
    return task != null;
  }
}
