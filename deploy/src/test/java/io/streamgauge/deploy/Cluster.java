package io.streamgauge.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.HostPort;
import io.streamgauge.common.json.Json;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A controller and agents as real processes on this host, each ended with the test. */
final class Cluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** What a controller says when it is up. */
  private static final Pattern UP =
      Pattern.compile("controller of cluster \\S+ at \\S+; API and page at (\\S+)");

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  final Path folder;

  /** Tells its members from those of all other tests. */
  final String name = "test-" + UUID.randomUUID();

  /**
   * Where agents join the controller, also one that is started again; the event bus is above it.
   */
  private HostPort meeting;

  /** By which agents find it. */
  private final String join;

  private String url = "";
  private final Map<String, Process> processes = new TreeMap<>();

  Cluster(Path folder) {
    this(folder, "127.0.0.1");
  }

  /** Whose bus is at {@code host}, an address of this machine; unprotected. */
  Cluster(Path folder, String host) {
    this(folder, host, host);
  }

  /** The same, whose agents find it by {@code name}, whatever that stands for. */
  Cluster(Path folder, String host, String name) {
    this.folder = folder;
    this.meeting = new HostPort(host, Ports.forProgram(2));
    this.join = new HostPort(name, meeting.port()).toString();
  }

  void startController() {
    startController("--insecure-network");
  }

  /** Starts a controller at another address of this machine. */
  void startControllerAt(String host) {
    meeting = new HostPort(host, meeting.port());
    startController();
  }

  /** Starts a controller under TLS that wants a token. */
  void startController(Path token, String... tls) {
    startController(with(tls, "--token-file", token.toString()));
  }

  /** At the place that it had before, so that its agents find it when it was started before. */
  private void startController(String... more) {
    int before = Files.exists(logFile("controller")) ? log("controller").length() : 0;
    start(
        "controller",
        List.of(),
        with(
            more,
            "controller",
            "--bind",
            meeting.toString(),
            "--http",
            "127.0.0.1:0",
            "--cluster",
            name,
            "--output",
            results().toString()));
    eventually("the controller is up", () -> hasTold(log("controller").substring(before)));
  }

  private boolean hasTold(String log) {
    Matcher told = UP.matcher(log);
    if (told.find()) {
      url = told.group(1);
      return true;
    }
    return false;
  }

  /** Where members of the cluster join it. */
  HostPort place() {
    return meeting;
  }

  /** Starts another controller that joins the first; its exit code. */
  int startSecondController() {
    start(
        "second",
        List.of(),
        "controller",
        "--bind",
        "127.0.0.1:0",
        "--join",
        meeting.toString(),
        "--http",
        "127.0.0.1:0",
        "--cluster",
        name,
        "--output",
        folder.resolve("second").toString());
    return await("second");
  }

  private static String[] with(String[] more, String... arguments) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
  }

  /** Starts an agent without waiting for it. */
  void startAgent(String id, String... more) {
    startAgent(id, List.of(), more);
  }

  /** The same by a command that runs another one, in a place of its own. */
  void startAgent(String id, List<String> place, String... more) {
    List<String> arguments = new ArrayList<>(List.of("agent", "--join", join, "--cluster", name));
    arguments.addAll(List.of("--id", id, "--lanes", "1"));
    arguments.addAll(List.of(more));
    start(id, place, arguments.toArray(String[]::new));
  }

  /** A controller and so many agents, {@code a1} and so on, which all have been heard. */
  static Cluster of(Path folder, int agents) {
    Cluster cluster = new Cluster(folder);
    try {
      cluster.startController();
      for (int i = 1; i <= agents; i++) {
        cluster.startAgent("a" + i);
      }
      cluster.awaitAgents(agents);
    } catch (RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  void awaitAgents(int count) {
    eventually(count + " agents are there", () -> agents().size() == count);
  }

  Path results() {
    return folder.resolve("results");
  }

  /** The current folder of all processes. */
  Path current() {
    try {
      return Files.createDirectories(folder.resolve("current"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An agent's log of its commands. */
  Path audit(String agent) {
    return folder.resolve("config").resolve("audit-" + agent + ".jsonl");
  }

  /** The ids of the agents that are there. */
  List<String> agents() {
    List<String> ids = new ArrayList<>();
    for (JsonNode agent : json(get("/api/v1/agents"))) {
      if (agent.path("state").asText().equals("present")) {
        ids.add(agent.get("id").textValue());
      }
    }
    return ids;
  }

  /** An agent as the API shows it. */
  JsonNode agent(String id) {
    for (JsonNode agent : json(get("/api/v1/agents"))) {
      if (agent.path("id").asText().equals(id)) {
        return agent;
      }
    }
    throw new AssertionError("there is no agent " + id);
  }

  /** Submits a plan; the id of its run. */
  String submit(String plan) {
    HttpResponse<String> answer = post(plan);
    if (answer.statusCode() != 201) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return json(answer).get("id").textValue();
  }

  HttpResponse<String> post(String plan) {
    return send(
        HttpRequest.newBuilder(uri("/api/v1/runs"))
            .header("Content-Type", "application/yaml")
            .POST(HttpRequest.BodyPublishers.ofString(plan)));
  }

  JsonNode run(String id) {
    return json(get("/api/v1/runs/" + id));
  }

  void awaitState(String id, String state) {
    eventually("run " + id + " is " + state, () -> run(id).path("state").asText().equals(state));
  }

  /** Waits until so many requests of the run are done. */
  void awaitDone(String id, long requests) {
    eventually(
        requests + " requests are done", () -> run(id).at("/live/done").asLong() >= requests);
  }

  /** The only result there is. */
  ResultFiles files() {
    return new ResultFiles(results());
  }

  /** Of the only run of that backend. */
  ResultFiles files(String backend) {
    return new ResultFiles(results(), backend);
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(uri(path)).GET());
  }

  String url() {
    return url;
  }

  private URI uri(String path) {
    return URI.create(url + path);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(
          request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return Json.MAPPER.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(answer.body(), e);
    }
  }

  /** SIGKILL. */
  void kill(String name) {
    signal(name, "-KILL");
  }

  /** SIGSTOP: it is there but does nothing, not even on the bus. */
  void freeze(String name) {
    send(name, "-STOP");
  }

  /** SIGCONT. */
  void thaw(String name) {
    send(name, "-CONT");
  }

  HttpResponse<String> cancel(String run) {
    return send(HttpRequest.newBuilder(uri("/api/v1/runs/" + run)).DELETE());
  }

  /** SIGTERM; the exit code. */
  int end(String name) {
    return signal(name, "-TERM");
  }

  private int signal(String name, String signal) {
    send(name, signal);
    return await(name);
  }

  private int await(String name) {
    Process process = processes.get(name);
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError(name + " does not end");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void send(String name, String signal) {
    Shell.run("kill %s %d".formatted(signal, processes.get(name).pid()));
  }

  private Path logFile(String name) {
    return folder.resolve(name + ".log");
  }

  String log(String name) {
    try {
      return Files.readString(logFile(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void start(String name, List<String> place, String... arguments) {
    List<String> command = new ArrayList<>(place);
    command.addAll(TestJvm.command("-Xmx256m"));
    command.add(Streamgauge.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("STREAMGAUGE_CONFIG", folder.resolve("config").toString());
    builder.directory(current().toFile());
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(logFile(name).toFile()));
    try {
      processes.put(name, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for what depends on other processes; a refused connection is a no. */
  void eventually(String claim, Supplier<Boolean> condition) {
    Instant limit = Instant.now().plus(PATIENCE);
    RuntimeException last = null;
    while (Instant.now().isBefore(limit)) {
      try {
        if (condition.get()) {
          return;
        }
      } catch (UncheckedIOException e) {
        last = e;
      }
      pause();
    }
    AssertionError error = new AssertionError("not within " + PATIENCE + ": " + claim + logs());
    if (last != null) {
      error.addSuppressed(last);
    }
    throw error;
  }

  /** Between two looks, so as not to take the processors from those that are looked at. */
  private static void pause() {
    java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
  }

  private String logs() {
    StringBuilder all = new StringBuilder();
    processes
        .keySet()
        .forEach(name -> all.append("\n== ").append(name).append('\n').append(log(name)));
    return all.toString();
  }

  @Override
  public void close() {
    processes.values().forEach(Process::destroyForcibly);
    processes
        .values()
        .forEach(
            process -> {
              try {
                process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
  }
}
