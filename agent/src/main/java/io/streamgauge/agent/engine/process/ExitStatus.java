package io.streamgauge.agent.engine.process;

import java.util.Map;

/**
 * How a process ended, as a shell tells it: its exit code, or 128 and the number of the signal that
 * ended it.
 */
record ExitStatus(int code) {
  private static final int SIGNALLED = 128;

  /** Those of Linux that end a process. */
  private static final Map<Integer, String> SIGNALS =
      Map.ofEntries(
          Map.entry(1, "SIGHUP"),
          Map.entry(2, "SIGINT"),
          Map.entry(3, "SIGQUIT"),
          Map.entry(4, "SIGILL"),
          Map.entry(5, "SIGTRAP"),
          Map.entry(6, "SIGABRT"),
          Map.entry(7, "SIGBUS"),
          Map.entry(8, "SIGFPE"),
          Map.entry(9, "SIGKILL"),
          Map.entry(11, "SIGSEGV"),
          Map.entry(13, "SIGPIPE"),
          Map.entry(14, "SIGALRM"),
          Map.entry(15, "SIGTERM"),
          Map.entry(24, "SIGXCPU"),
          Map.entry(25, "SIGXFSZ"),
          Map.entry(31, "SIGSYS"));

  String text() {
    String signal = SIGNALS.get(code - SIGNALLED);
    return "exit code " + code + (signal == null ? "" : " (" + signal + ")");
  }
}
