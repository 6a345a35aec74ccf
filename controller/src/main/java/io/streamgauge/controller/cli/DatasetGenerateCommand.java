package io.streamgauge.controller.cli;

import io.streamgauge.common.PlanException;
import io.streamgauge.controller.dataset.DatasetGeneration;
import io.streamgauge.controller.dataset.GenerationRequest;
import io.streamgauge.controller.dataset.OpenRouterKey;
import io.streamgauge.controller.dataset.Setback;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dataset generate}. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes a dataset with a model behind OpenRouter, spread evenly over nine categories.",
      "Needs OPENROUTER_API_KEY in the environment or in .env. Each prompt is saved at once, and"
          + " prompts already in the file are kept and counted: run it again to go on."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the file has its prompts",
      "1:failed, the file keeps the prompts it has",
      "2:wrong usage, no key, or a file that is no dataset",
      "130:interrupted, the file keeps the prompts it has"
    })
public final class DatasetGenerateCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final Path directory;
  private final DatasetGeneration generation;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = {"who writes the prompts", "(default: ${DEFAULT-VALUE})"})
  private String model = "anthropic/claude-opus-4.5";

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "prompts the file is to have (default: ${DEFAULT-VALUE})")
  private int count = 18;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "JSON, or JSONL where it ends in .jsonl (default: ${DEFAULT-VALUE})")
  private Path output = Path.of(DatasetCommand.DEFAULT_FILE);

  @Option(
      names = "--api-url",
      paramLabel = "URL",
      description = "base of the API, for proxies; it is sent the key (default: ${DEFAULT-VALUE})")
  private URI api = URI.create("https://openrouter.ai");

  public DatasetGenerateCommand() {
    this(System.getenv(), Path.of(""), DatasetGeneration.standard());
  }

  DatasetGenerateCommand(
      Map<String, String> environment, Path directory, DatasetGeneration generation) {
    this.environment = environment;
    this.directory = directory;
    this.generation = generation;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      generation.run(
          new GenerationRequest(model, count, output, api),
          OpenRouterKey.find(environment, directory),
          line -> {
            out.println(line);
            out.flush();
          });
      return 0;
    } catch (Setback e) {
      err.println("dataset generate: " + e.reason());
      return 1;
    } catch (PlanException e) {
      err.println("dataset generate: " + e.getMessage());
      return 2;
    } finally {
      out.flush();
      err.flush();
    }
  }
}
