package io.streamgauge.deploy.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.json.Json;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A page in Chromium, driven by its DevTools protocol. What goes wrong in the page's scripts, and
 * what its policy forbids, is kept; answers of the server that are errors are not counted as such.
 */
public final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  private final Process process;
  private final Devtools tools;

  /** Opens one in a folder of its own; the test is skipped where there is none. */
  public static Browser open(Path folder) {
    Optional<Path> program =
        NAMES.stream()
            .flatMap(
                name ->
                    Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(place -> Path.of(place, name)))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(program.isPresent(), "no Chromium on the PATH");
    return new Browser(program.orElseThrow(), folder);
  }

  private Browser(Path program, Path folder) {
    Path profile = folder.resolve("profile");
    try {
      process =
          new ProcessBuilder(
                  program.toString(),
                  "--headless=new",
                  "--no-sandbox",
                  "--disable-gpu",
                  "--hide-scrollbars",
                  "--remote-debugging-port=0",
                  "--user-data-dir=" + profile,
                  "about:blank")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("chromium.log").toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      tools = new Devtools(target(profile.resolve("DevToolsActivePort")));
      for (String domain : List.of("Page", "Runtime", "Log")) {
        tools.ask(domain + ".enable", Json.MAPPER.createObjectNode());
      }
    } catch (RuntimeException | Error e) {
      kill();
      throw e;
    }
  }

  /** The address of its one page, once it is up. */
  private static URI target(Path port) {
    await("the browser is up", () -> Files.exists(port) && !read(port).isBlank());
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI list =
          URI.create(
              "http://127.0.0.1:%s/json/list"
                  .formatted(read(port).lines().findFirst().orElseThrow()));
      for (JsonNode one :
          Json.MAPPER.readTree(
              http.send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
                  .body())) {
        if (one.path("type").asText().equals("page")) {
          return URI.create(one.get("webSocketDebuggerUrl").asText());
        }
      }
      throw new AssertionError("the browser has no page");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens an address and waits until its document is there. */
  public void go(String url) {
    tools.ask("Page.navigate", Json.MAPPER.createObjectNode().put("url", url));
    await(
        url + " is open",
        () -> truth("document.readyState === 'complete' && location.href !== 'about:blank'"));
  }

  /** What a script comes to; a promise is waited for. */
  public JsonNode eval(String script) {
    ObjectNode question =
        Json.MAPPER.createObjectNode().put("expression", script).put("awaitPromise", true);
    JsonNode answer = tools.ask("Runtime.evaluate", question.put("returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(script + ": " + answer.get("exceptionDetails"));
    }
    return answer.at("/result/value");
  }

  private boolean truth(String script) {
    return eval(script).asBoolean();
  }

  /** Waits until a script comes to true. */
  public void until(String script) {
    await(script, () -> truth(script));
  }

  /** The text of what a selector finds first; empty where there is nothing. */
  public String text(String selector) {
    return eval("document.querySelector(%s)?.innerText ?? ''".formatted(quoted(selector))).asText();
  }

  public void click(String selector) {
    until("Boolean(document.querySelector(%s))".formatted(quoted(selector)));
    eval("document.querySelector(%s).click()".formatted(quoted(selector)));
  }

  /** Puts a text into a field as a user who pastes it. */
  public void paste(String selector, String text) {
    eval(
        "(field => { field.value = %s; field.dispatchEvent(new Event('input', {bubbles: true})); })(document.querySelector(%s)), null"
            .formatted(quoted(text), quoted(selector)));
  }

  /** Of a window so wide, in a light or a dark theme. */
  public void look(int width, int height, boolean dark) {
    tools.ask(
        "Emulation.setDeviceMetricsOverride",
        Json.MAPPER
            .createObjectNode()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", false));
    ObjectNode media = Json.MAPPER.createObjectNode();
    media
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", dark ? "dark" : "light");
    tools.ask("Emulation.setEmulatedMedia", media);
  }

  /** The window as a PNG; the whole page where so high. */
  public byte[] picture() {
    eval("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))");
    return Base64.getDecoder()
        .decode(
            tools
                .ask("Page.captureScreenshot", Json.MAPPER.createObjectNode().put("format", "png"))
                .get("data")
                .asText());
  }

  /** What went wrong in the page's scripts or against its policy so far. */
  public List<String> errors() {
    return tools.errors();
  }

  private static String quoted(String text) {
    return Json.MAPPER.valueToTree(text).toString();
  }

  /** Waits for what another process does. */
  private static void await(String claim, java.util.function.BooleanSupplier condition) {
    Instant limit = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("not in time: " + claim).isBefore(limit);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  private void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    tools.close();
    kill();
  }
}
