package io.streamgauge.bench.scale;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.bench.BenchException;
import io.streamgauge.bench.ProcFile;
import io.streamgauge.common.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what a controller takes for ever larger crowds of agents. */
@Command(
    name = "run scale",
    mixinStandardHelpOptions = true,
    description = "Measures the controller under many simulated agents; see README.md.")
final class Scale implements Callable<Integer> {
  @Option(
      names = "--agents",
      paramLabel = "N",
      split = ",",
      defaultValue = "10,100,1000",
      description = "Sizes of the crowd. Default: 10,100,1000.")
  private List<Integer> sizes = List.of();

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "10",
      description = "Requests a second of each agent. Default: 10.")
  private int rate;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "Length of the level. Default: 60.")
  private int seconds;

  @Option(
      names = "--streamgauge",
      paramLabel = "FILE",
      defaultValue = "./streamgauge",
      description = "The launcher whose controller is measured. Default: ./streamgauge.")
  private Path launcher = Path.of("streamgauge");

  public static void main(String... args) {
    System.exit(
        new CommandLine(new Scale())
            .setExecutionExceptionHandler(
                (error, _, _) -> {
                  if (error instanceof BenchException) {
                    System.err.println("bench: " + error.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                  }
                  throw error;
                })
            .execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    System.out.printf(
        "%s, %d cores, load average %.1f before; %d requests/s of each agent for %d s%n%n%s",
        LocalDate.now(ZoneId.systemDefault()),
        Runtime.getRuntime().availableProcessors(),
        ProcFile.load(),
        rate,
        seconds,
        Figures.HEADER);
    boolean right = true;
    for (int size : sizes) {
      Figures figures = measure(new Crowd(size, rate, seconds));
      System.out.println(figures.row());
      right &= figures.wrong().isEmpty();
    }
    return right ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private Figures measure(Crowd crowd) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("streamgauge-scale");
    int port = freePort();
    try (ControllerUnderTest controller =
            ControllerUnderTest.start(
                launcher.toAbsolutePath().normalize(), folder, port, freePort());
        CrowdUnderWay agents = CrowdUnderWay.start(crowd, port, folder)) {
      agents.await("ready");
      controller.awaitAgents(crowd.agents());
      String run = controller.submit(plan(crowd));
      agents.await("begun");
      double cpuBefore = ProcFile.cpuSeconds(controller.pid());
      long begun = System.nanoTime();
      String[] over = agents.await("over").split(" ", -1);
      double took = (System.nanoTime() - begun) / 1e9;
      double cpu = ProcFile.cpuSeconds(controller.pid()) - cpuBefore;
      Optional<String> failure = controller.awaitEnd(run);
      if (failure.isPresent()) {
        throw new BenchException(
            "%d agents: the run failed: %s".formatted(crowd.agents(), failure.get()));
      }
      double end = (System.nanoTime() - begun) / 1e9 - took;
      double peak = ProcFile.peakKibibytes(controller.pid()).orElseThrow() / 1024.0;
      return new Figures(
          crowd.agents(),
          crowd.all() / took,
          crowd.agents() * Crowd.MESSAGES_PER_SECOND,
          cpu / took,
          peak,
          Double.parseDouble(over[1]),
          Double.parseDouble(over[2]),
          end,
          ScaleCheck.of(result(folder), rows(folder), crowd));
    } finally {
      delete(folder);
    }
  }

  private String plan(Crowd crowd) {
    return """
    name: scale
    backends: [{name: crowd, url: "http://127.0.0.1:9"}]
    levels: [{rate: %d, arrival: constant, duration: %ds}]
    agents: {min: %d}
    """
        .formatted(crowd.agents() * crowd.perSecond(), crowd.seconds(), crowd.agents());
  }

  private static JsonNode result(Path folder) throws IOException {
    return Json.MAPPER.readTree(file(folder, ".json").toFile());
  }

  private static long rows(Path folder) throws IOException {
    try (BufferedReader rows = Files.newBufferedReader(file(folder, "_requests.csv"))) {
      return rows.lines().skip(1).map(row -> row.substring(0, row.indexOf(','))).distinct().count();
    }
  }

  private static Path file(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("results"))) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(ending))
          .findFirst()
          .orElseThrow(() -> new BenchException("the run left no file *" + ending));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : new ArrayList<>(files.sorted(Comparator.reverseOrder()).toList())) {
        Files.delete(file);
      }
    }
  }
}
