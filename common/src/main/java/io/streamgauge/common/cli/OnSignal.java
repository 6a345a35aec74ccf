package io.streamgauge.common.cli;

/**
 * What is done when the process is told to end, unless it is closed before. A signal may come at
 * any moment: in a process that ends already nothing can be added or taken back any more, and need
 * not be.
 */
public final class OnSignal implements AutoCloseable {
  private final Thread hook;

  private OnSignal(Thread hook) {
    this.hook = hook;
  }

  /** The end waits for {@code task}, which runs on a thread of its own. */
  public static OnSignal call(Runnable task) {
    Thread hook = new Thread(task, "on-signal");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException _) {
      // It ends already, so nothing is begun that the task would have to end.
    }
    return new OnSignal(hook);
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
