package io.streamgauge.agent.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A server of bytes: for each whole request that arrives it does what the test says. */
final class RawServer {
  private final NetServer server;
  private final AtomicInteger connections = new AtomicInteger();
  private volatile String onBytes = "";
  private volatile Consumer<NetSocket> onConnection = _ -> {};

  /** {@code answer} gets the socket and the text of the request. */
  RawServer(Vertx vertx, BiConsumer<NetSocket, String> answer) {
    this.server =
        vertx
            .createNetServer()
            .connectHandler(
                socket -> {
                  connections.incrementAndGet();
                  onConnection.accept(socket);
                  Buffer[] seen = {Buffer.buffer()};
                  socket.handler(
                      bytes -> {
                        if (!onBytes.isEmpty()) {
                          socket.write(onBytes).onSuccess(_ -> socket.close());
                          return;
                        }
                        seen[0].appendBuffer(bytes);
                        String text = seen[0].toString();
                        int head = text.indexOf("\r\n\r\n");
                        if (head >= 0 && text.length() >= head + 4 + contentLength(text)) {
                          seen[0] = Buffer.buffer();
                          answer.accept(socket, text);
                        }
                      });
                });
    server.listen(0, "127.0.0.1").await();
  }

  private static int contentLength(String head) {
    String lower = head.toLowerCase(Locale.ROOT);
    int at = lower.indexOf("content-length:");
    return at < 0 ? 0 : Integer.parseInt(lower.substring(at + 15, lower.indexOf('\r', at)).strip());
  }

  /** From now on answers the first bytes of anything with {@code answer} and closes. */
  void onBytes(String answer) {
    onBytes = answer;
  }

  /** From now on is called for each new connection. */
  void onConnection(Consumer<NetSocket> action) {
    onConnection = action;
  }

  void close() {
    server.close().await();
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  int port() {
    return server.actualPort();
  }

  int connections() {
    return connections.get();
  }

  /** A response with a body of known length. */
  static String response(int status, String type, String body) {
    return "HTTP/1.1 %d Status\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(status, type, body.getBytes(UTF_8).length, body);
  }

  /** The same response in one chunk, with that field in its head. */
  static String chunked(String field, String response) {
    int body = response.indexOf("\r\n\r\n") + 4;
    String content = response.substring(body);
    return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n%s\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"
        .formatted(field, content.getBytes(UTF_8).length, content);
  }

  /** A whole event stream of {@code tokens} tokens. */
  static String stream(int tokens) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < tokens; i++) {
      body.append("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"w\"}}]}\n\n");
    }
    body.append(
        "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"length\"}]}\n\n");
    body.append("data: {\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":")
        .append(tokens)
        .append("}}\n\ndata: [DONE]\n\n");
    return response(200, "text/event-stream", body.toString());
  }
}
