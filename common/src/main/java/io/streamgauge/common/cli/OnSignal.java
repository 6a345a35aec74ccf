package io.streamgauge.common.cli;

import java.util.concurrent.CountDownLatch;

/**
 * What is done when the process is told to end, unless it is closed before. A signal may come at
 * any moment: in a process that ends already nothing can be added or taken back any more, and need
 * not be.
 */
public final class OnSignal implements AutoCloseable {
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;

  private OnSignal(Runnable task) {
    this.hook =
        new Thread(
            () -> {
              task.run();
              done.countDown();
            },
            "on-signal");
  }

  /** The end waits for {@code task}, which runs on a thread of its own. */
  public static OnSignal call(Runnable task) {
    OnSignal signal = new OnSignal(task);
    try {
      Runtime.getRuntime().addShutdownHook(signal.hook);
    } catch (IllegalStateException _) {
      // It ends already, so nothing is begun that the task would have to end.
    }
    return signal;
  }

  /** Waits until the process is told to end and the task is done. */
  public void await() throws InterruptedException {
    done.await();
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // It ends already: whoever waits for the task is to let it through.
    }
  }
}
