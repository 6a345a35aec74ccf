package io.streamgauge.agent.level;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers each request with the same short stream, an event each turn of its loop, and knows no
 * more of HTTP than the lane that it warms up needs: a server that knows all takes a cold process
 * longer to load than the lane does.
 */
final class RecordedServer extends VerticleBase {
  private static final String HOST = "127.0.0.1";
  private static final int TOKENS = 32;
  private static final String LENGTH = "Content-Length: ";
  private static final String END_OF_HEAD = "\r\n\r\n";
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final List<Buffer> ANSWER = answer();

  private @Nullable NetServer server;

  private static List<Buffer> answer() {
    List<Buffer> answer = new ArrayList<>();
    answer.add(Buffer.buffer(HEAD));
    answer.add(choice("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
    for (int i = 0; i < TOKENS; i++) {
      answer.add(choice("{\"content\":\" word\"}", "null"));
    }
    answer.add(choice("{}", "\"length\""));
    answer.add(
        event(
            "",
            "{\"prompt_tokens\":1,\"total_tokens\":%d,\"completion_tokens\":%d}"
                .formatted(TOKENS + 1, TOKENS)));
    answer.add(chunk("[DONE]").appendString("0\r\n\r\n"));
    return answer;
  }

  private static Buffer choice(String delta, String finish) {
    String choice = "{\"index\":0,\"delta\":%s,\"finish_reason\":%s}".formatted(delta, finish);
    return event(choice, "null");
  }

  private static Buffer event(String choices, String usage) {
    return chunk(
        "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"warm-up\","
            + "\"choices\":[%s],\"usage\":%s}".formatted(choices, usage));
  }

  private static Buffer chunk(String data) {
    String event = "data: " + data + "\n\n";
    return Buffer.buffer(Integer.toHexString(event.length()) + "\r\n" + event + "\r\n");
  }

  @Override
  public Future<?> start() {
    server =
        vertx
            .createNetServer(new NetServerOptions().setHost(HOST).setPort(0).setTcpNoDelay(true))
            .connectHandler(this::serve);
    return server.listen();
  }

  /** Where it listens, once it is deployed. */
  String url() {
    if (server == null) {
      throw new IllegalStateException("not deployed yet");
    }
    return "http://%s:%d".formatted(HOST, server.actualPort());
  }

  private void serve(NetSocket socket) {
    StringBuilder request = new StringBuilder();
    socket.exceptionHandler(_ -> {}); // the lane has gone
    socket.handler(
        part -> {
          request.append(part.toString(ISO_8859_1));
          if (whole(request)) {
            request.setLength(0);
            write(socket, 0);
          }
        });
  }

  private static boolean whole(StringBuilder request) {
    int end = request.indexOf(END_OF_HEAD);
    if (end < 0) {
      return false;
    }
    int length = request.indexOf(LENGTH) + LENGTH.length();
    return request.length() - end - END_OF_HEAD.length()
        >= Integer.parseInt(request, length, request.indexOf("\r", length), 10);
  }

  private void write(NetSocket socket, int part) {
    if (part < ANSWER.size()) {
      socket.write(ANSWER.get(part));
      context.runOnContext(_ -> write(socket, part + 1));
    }
  }
}
