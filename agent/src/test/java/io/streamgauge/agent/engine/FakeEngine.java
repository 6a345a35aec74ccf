package io.streamgauge.agent.engine;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * An engine as a process of its own that behaves as its arguments say: {@code --fake WORD}, each
 * word once.
 */
public final class FakeEngine {
  private static final int FATAL = 7;

  private final List<String> args;
  private final long startedAt = System.nanoTime();

  private FakeEngine(List<String> args) {
    this.args = args;
  }

  public static void main(String[] args) throws Exception {
    new FakeEngine(List.of(args)).run();
  }

  private void run() throws Exception {
    System.out.println("fake engine starts with " + args);
    if (behaves("crash-at-start")) {
      System.err.println("CUDA error: out of luck");
      System.exit(3);
    }
    if (behaves("children")) {
      // One of its group, and one that has left it.
      new ProcessBuilder("sleep", "1000", value("--marker")).start();
      new ProcessBuilder("setsid", "sleep", "1000", value("--marker")).start();
    }
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(value("--host"), Integer.parseInt(value("--port"))), 16);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    System.out.println("listening");
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/die")) {
      System.err.println("EngineCore encountered a fatal error");
      Runtime.getRuntime().halt(FATAL);
    }
    boolean loading =
        behaves("never-ready") || behaves("slow") && System.nanoTime() - startedAt < 1_500_000_000L;
    String body =
        switch (path) {
          case "/version" -> "{\"version\": \"0.0-fake\"}";
          case "/v1/models" ->
              "{\"data\": [{\"id\": \"%s\"}]}"
                  .formatted(behaves("other-model") ? "another" : value("--served-model-name"));
          case "/v1/completions" -> "{\"choices\": [{\"text\": \" world\"}]}";
          default -> "";
        };
    int status = loading ? 503 : behaves("refuses") && path.endsWith("completions") ? 400 : 200;
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private boolean behaves(String word) {
    int at = args.indexOf("--fake");
    return at >= 0 && List.of(args.get(at + 1).split(",")).contains(word);
  }

  private String value(String name) {
    return args.get(args.indexOf(name) + 1);
  }
}
