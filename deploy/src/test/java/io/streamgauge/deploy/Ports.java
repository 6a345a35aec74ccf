package io.streamgauge.deploy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Ports for those who cannot be asked what they bound. */
final class Ports {
  /** Below the ports that the system gives to connections and to whoever asks for any. */
  private static final int FIRST = 20_000;

  private static final int COUNT = 12_000;
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  /** One that is free and that nobody is given by chance, for a program that must be told it. */
  static int forProgram() {
    return forProgram(1);
  }

  /** The same for one that takes the ports above it too, {@code count} in all. */
  static int forProgram(int count) {
    while (true) {
      int port = FIRST + NEXT.getAndAdd(count) % COUNT;
      if (IntStream.range(port, port + count).allMatch(Ports::free)) {
        return port;
      }
    }
  }

  private static boolean free(int port) {
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException _) {
      return false; // taken
    }
  }

  /** One that is held and refuses every connection, until it is closed. */
  static Socket refusing() throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return socket;
  }

  private Ports() {}
}
