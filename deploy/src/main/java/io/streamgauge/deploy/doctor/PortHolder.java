package io.streamgauge.deploy.doctor;

import io.streamgauge.agent.engine.EngineFailure;
import io.streamgauge.agent.engine.process.PortCheck;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;

/** Who listens on a port of this host, as far as this user may see it. */
final class PortHolder {
  private static final int LONGEST = 80;

  /** Empty when the port is free. */
  static Optional<String> of(int port) {
    return free(port)
        ? Optional.empty()
        : Optional.of(process(port).orElse("a process that this user may not see"));
  }

  private static Optional<String> process(int port) {
    try {
      return PortCheck.holder(port)
          .flatMap(
              holder ->
                  holder
                      .pid()
                      .map(pid -> "process %d (%s)".formatted(pid, name(holder.command()))));
    } catch (EngineFailure _) {
      return Optional.empty(); // the system's tables may not be read
    }
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(port), 1);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /** Of a Java process the end of its command tells more than the beginning. */
  private static String name(String command) {
    int main = command.lastIndexOf("streamgauge");
    String shown = main >= 0 ? command.substring(main) : command.split(" ", -1)[0];
    return shown.length() > LONGEST ? shown.substring(0, LONGEST) + "…" : shown;
  }

  private PortHolder() {}
}
