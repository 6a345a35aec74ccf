package io.streamgauge.controller;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;

/** An HTTP call as it is written on the wire, with whatever clients would not let one send. */
final class RawCall {
  /** Sends the lines, with {@code Connection: close} among them, and returns all that comes. */
  static String send(int port, String body, String... lines) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(30_000);
      String head = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write((head + body).getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first line of the answer to what is never sent to its end. */
  static String begin(int port, String... lines) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(30_000);
      socket
          .getOutputStream()
          .write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(ISO_8859_1));
      return new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1))
          .readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RawCall() {}
}
