package io.streamgauge.agent.link;

/**
 * For how long the controller, which answers, has carried another run or none, in heartbeats of a
 * second each.
 */
public final class Uncarried {
  /**
   * Ten minutes. A controller that was killed has its run in mind when it is back, before it
   * answers anybody, but another run of its own may have to be ended before.
   */
  private static final int HOPELESS = 600;

  private int heartbeats;

  public void heard(boolean carried) {
    heartbeats = carried ? 0 : heartbeats + 1;
  }

  /** One may be an answer that was on its way when the run began. */
  public boolean certain() {
    return heartbeats > 1;
  }

  /** Nobody will take what is left of the run. */
  public boolean hopeless() {
    return heartbeats > HOPELESS;
  }
}
