package io.streamgauge.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.common.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A server of other hands, run as a process, and what it says that it did. */
final class ReferenceServer implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;
  private final int port;

  ReferenceServer(String binary, String... options) {
    port = Ports.forProgram();
    List<String> command = new ArrayList<>(List.of(binary, "--port", Integer.toString(port)));
    command.addAll(List.of(options));
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
      output = process.inputReader(UTF_8);
      if (output.readLine() == null) {
        throw new AssertionError(binary + " ended at once");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  Map<String, ExactCountsTest.Logged> log() {
    Map<String, ExactCountsTest.Logged> served = new TreeMap<>();
    for (String line : Web.get(url() + "/ref/log").lines().toList()) {
      try {
        var json = Json.MAPPER.readTree(line);
        String id = json.get("id").textValue();
        String fault = json.get("fault").asText();
        // Without its last two events an answer does not tell its tokens either.
        String tokens = fault.equals("nodone") ? "events" : "tokens";
        var request =
            new ExactCountsTest.Logged(
                json.get("events").intValue(), json.get(tokens).intValue(), fault);
        if (served.put(id, request) != null) {
          throw new AssertionError("served twice: " + id);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return served;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    output.close();
  }
}
