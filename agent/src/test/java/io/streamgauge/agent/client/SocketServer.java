package io.streamgauge.agent.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server of blocking sockets with a thread for each connection: it reads only when the test says
 * so, and ends a connection in each way that there is.
 */
final class SocketServer implements AutoCloseable {
  private static final byte[] BLANK_LINE = "\r\n\r\n".getBytes(ISO_8859_1);

  private final ServerSocket server = new ServerSocket();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();

  /** What is done with one connection, which is closed afterwards. */
  @FunctionalInterface
  interface Serving {
    /**
     * @param number of the connection, from 0
     */
    void serve(Socket socket, int number) throws IOException, InterruptedException;
  }

  /** Takes little at once: what it does not read soon waits at the client. */
  SocketServer(Serving serving) throws IOException {
    this(InetAddress.getByName("127.0.0.1"), serving);
  }

  SocketServer(InetAddress host, Serving serving) throws IOException {
    server.setReceiveBufferSize(1 << 14);
    server.bind(new InetSocketAddress(host, 0), 1_000);
    Thread.ofVirtual().start(() -> accept(serving));
  }

  private void accept(Serving serving) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        int number = accepted.getAndIncrement();
        open.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(serving, socket, number));
      } catch (IOException _) { // it is closed
      }
    }
  }

  private void serve(Serving serving, Socket socket, int number) {
    try (socket) {
      serving.serve(socket, number);
    } catch (IOException | InterruptedException _) { // the client went first
    } finally {
      open.decrementAndGet();
    }
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  int port() {
    return server.getLocalPort();
  }

  /** Connections so far. */
  int accepted() {
    return accepted.get();
  }

  /** Connections that have not ended. */
  int open() {
    return open.get();
  }

  /** A request of which the head was read, and the bytes of its body that are to come. */
  record Head(String text, int length) {
    static Head read(InputStream in) throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      int matched = 0;
      while (matched < BLANK_LINE.length) {
        int next = in.read();
        if (next < 0) {
          throw new EOFException();
        }
        head.write(next);
        matched = next == BLANK_LINE[matched] ? matched + 1 : next == '\r' ? 1 : 0;
      }
      String text = head.toString(ISO_8859_1);
      return new Head(text, Integer.parseInt(field(text, "Content-Length")));
    }

    private static String field(String text, String name) {
      int at = text.indexOf(name + ": ") + name.length() + 2;
      return text.substring(at, text.indexOf('\r', at));
    }

    /** The place of the request among those of {@link Sending}. */
    int index() {
      return Integer.parseInt(field(text, "X-Request-Id").substring("test-".length()));
    }

    /** Reads the body. */
    byte[] body(InputStream in) throws IOException {
      byte[] body = in.readNBytes(length);
      if (body.length < length) {
        throw new EOFException();
      }
      return body;
    }
  }

  /** Reads until the client closes. */
  static void awaitEnd(InputStream in) throws IOException {
    byte[] some = new byte[1 << 16];
    while (in.read(some) >= 0) {
      // nothing is done with it
    }
  }

  /** Ends it by RST in place of FIN. */
  static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
