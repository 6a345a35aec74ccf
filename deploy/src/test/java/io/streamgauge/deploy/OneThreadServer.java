package io.streamgauge.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/**
 * A server of one thread that keeps connections, as small inference daemons are: while one is open
 * nobody else is served.
 */
final class OneThreadServer implements AutoCloseable {
  /** A request as it came: first line, fields in lower case, body. */
  record Seen(String line, Map<String, String> fields, String body) {}

  private final ServerSocket server;
  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  OneThreadServer() throws IOException {
    this(ServerSocketFactory.getDefault());
  }

  OneThreadServer(ServerSocketFactory sockets) throws IOException {
    server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::serve);
  }

  int port() {
    return server.getLocalPort();
  }

  List<Seen> posts() {
    return seen.stream().filter(request -> request.line().startsWith("POST ")).toList();
  }

  List<Seen> gets() {
    return seen.stream().filter(request -> request.line().startsWith("GET ")).toList();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        for (Seen request = read(in); request != null; request = read(in)) {
          seen.add(request);
          socket.getOutputStream().write(answer(request).getBytes(UTF_8));
          if ("close".equals(request.fields().get("connection"))) {
            break;
          }
        }
      } catch (IOException _) {
        // the client is gone, or does not trust this server
      }
    }
  }

  private static Seen read(InputStream in) throws IOException {
    String line = line(in);
    if (line.isEmpty()) {
      return null;
    }
    Map<String, String> fields = new TreeMap<>();
    for (String field = line(in); !field.isEmpty(); field = line(in)) {
      int colon = field.indexOf(':');
      fields.put(field.substring(0, colon).toLowerCase(), field.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(fields.getOrDefault("content-length", "0"));
    return new Seen(line, fields, new String(in.readNBytes(length), UTF_8));
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
    }
    return line.toString(UTF_8).strip();
  }

  private static String answer(Seen request) {
    if (request.line().startsWith("POST ")) {
      return whole(
          200,
          "text/event-stream",
          """
          data: {"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}]}

          data: {"choices":[{"index":0,"delta":{"content":"b"},"finish_reason":"stop"}]}

          data: {"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":2}}

          data: [DONE]

          """);
    }
    return request.line().contains("/models")
        ? whole(200, "application/json", "{\"data\":[{\"id\":\"m\"}]}")
        : whole(404, "application/json", "{\"detail\":\"Not Found\"}");
  }

  private static String whole(int status, String type, String body) {
    return "HTTP/1.1 %d X\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(status, type, body.getBytes(UTF_8).length, body);
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
