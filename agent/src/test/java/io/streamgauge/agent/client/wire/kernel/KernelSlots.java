package io.streamgauge.agent.client.wire.kernel;

import io.streamgauge.agent.client.wire.Wire;

/** What a wire of sockets of our own still holds. */
public final class KernelSlots {
  /** Whether it holds no socket, open or being opened; on the lane's event loop. */
  public static boolean empty(Wire wire) {
    return !(wire instanceof KernelWire kernel) || kernel.slots().isEmpty();
  }

  private KernelSlots() {}
}
