package io.streamgauge.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs every case with every client in turn, again and again, and prints one table. */
@Command(
    name = "run end-to-end",
    mixinStandardHelpOptions = true,
    description = "Measures the tool against a server in another process; see README.md.")
final class EndToEnd implements Callable<Integer> {
  /** Not measured: builds what is to be built, and fills the tool's caches. */
  private static final Case FIRST = new Case("first", new Case.Load.Closed(10), 50, 16, 10, 5);

  @Option(names = "--repeats", paramLabel = "N", defaultValue = "5", description = "Default: 5.")
  private int repeats = 5;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description = "Cases: streams-100, streams-1000, streams-4000, blast, open-500.")
  private List<String> only = List.of();

  @Option(
      names = "--busy",
      paramLabel = "N",
      description = "Busy loops on the client's core beside each run. Default: 0.")
  private int busy;

  @Option(
      names = "--streamgauge",
      paramLabel = "FILE",
      defaultValue = "./streamgauge",
      description = "The launcher to measure. Default: ./streamgauge.")
  private Path launcher = Path.of("streamgauge");

  public static void main(String... args) {
    System.exit(
        new CommandLine(new EndToEnd())
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
    if (repeats < 1) {
      throw new BenchException("repeats: " + repeats + ", expected a number from 1");
    }
    if (busy < 0) {
      throw new BenchException("busy: " + busy + ", expected a number from 0");
    }
    List<Case> cases = Case.named(only);
    Path tool = launcher.toAbsolutePath().normalize();
    Server server = Server.of(System.getenv("REFSERVER"), tool);
    List<Client> clients = clients(tool);
    Cores cores = Cores.ofThisMachine();
    Bench bench = new Bench(server, cores);
    double before = ProcFile.load();
    note("first a run that is not measured");
    bench.once(FIRST, clients.getFirst());
    try (BusyLoops _ = BusyLoops.start(busy, cores)) {
      return measured(bench, cases, clients, before);
    }
  }

  private Integer measured(Bench bench, List<Case> cases, List<Client> clients, double before)
      throws IOException, InterruptedException {
    List<Table.CaseRuns> results = new ArrayList<>();
    Map<String, Integer> remarks = new TreeMap<>();
    for (Case load : cases) {
      Map<String, List<Measurement>> runs =
          bench.repeat(load, clients.stream().filter(c -> c.takes(load.load())).toList(), repeats);
      results.add(new Table.CaseRuns(load.name(), runs));
      runs.forEach(
          (client, all) ->
              all.stream()
                  .flatMap(run -> run.remarks().stream())
                  .forEach(
                      remark ->
                          remarks.merge(
                              load.name() + ", " + client + ": " + remark, 1, Integer::sum)));
    }
    System.out.printf(
        "%s, %d cores, load average %.1f before and %.1f after; server: %s; %s; %d busy loops"
            + " on the client's core; medians (least..greatest) of %d%n%n",
        LocalDate.now(ZoneId.systemDefault()),
        Runtime.getRuntime().availableProcessors(),
        before,
        ProcFile.load(),
        bench.server().description(),
        bench.cores().description(),
        busy,
        repeats);
    System.out.print(Table.of(results, clients.stream().map(Client::name).toList()));
    remarks.forEach((remark, times) -> System.out.printf("%n- %s (%d runs)", remark, times));
    System.out.println();
    return CommandLine.ExitCode.OK;
  }

  private static List<Client> clients(Path tool) {
    List<Client> clients = new ArrayList<>(List.of(new StreamgaugeClient(tool)));
    Optional.ofNullable(System.getenv("REFCLIENT"))
        .filter(binary -> !binary.isEmpty())
        .ifPresent(binary -> clients.add(new NativeClient(Path.of(binary))));
    Optional.ofNullable(System.getenv("VLLM_RS"))
        .filter(binary -> !binary.isEmpty())
        .ifPresent(binary -> clients.add(new VllmRsClient(Path.of(binary))));
    return clients;
  }

  static void note(String text) {
    System.err.println("bench: " + text);
  }
}
