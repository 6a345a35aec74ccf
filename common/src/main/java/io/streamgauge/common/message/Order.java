package io.streamgauge.common.message;

import io.streamgauge.common.trust.Bytes;
import io.streamgauge.common.trust.CommandSigner;
import io.streamgauge.common.trust.SignedCommand;
import java.time.Instant;

/**
 * A command to an agent as it goes over the bus, which anybody in the network may write to: signed
 * by the controller, for the agent's address of this run.
 */
public record Order(SignedCommand signed) implements Message {
  /** Signs a command for the agent at {@code address}; {@code now} by the controller's clock. */
  public static Order of(CommandSigner signer, String address, AgentCommand command, Instant now) {
    return new Order(signer.sign(command.runId(), address, WireCodec.encode(command), now));
  }

  /**
   * Reads the body of a command that was found genuine.
   *
   * @throws IllegalArgumentException when it is no command, or of another run than was signed
   */
  public static AgentCommand read(String runId, Bytes body) {
    if (WireCodec.decode(body.toArray()) instanceof AgentCommand command
        && command.runId().equals(runId)) {
      return command;
    }
    throw new IllegalArgumentException("the order's body is no command of run " + runId);
  }
}
