package io.streamgauge.controller.gpu;

/** The energy of a GPU over a span, or why there is no number for it. */
public sealed interface Energy {
  /** {@code joules}, give or take the {@code step} in which the counter was seen to move. */
  record Whole(double joules, double step) implements Energy {}

  /** No number, in words for the user. */
  record Missing(Reason reason, String text) implements Energy {}

  /** Why there is none. */
  enum Reason {
    WINDOW_SHORT,
    NO_READING,
    COUNTER_RESET,
    LOST,
    GAP
  }
}
