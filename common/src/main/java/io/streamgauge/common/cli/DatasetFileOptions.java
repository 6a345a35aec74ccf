package io.streamgauge.common.cli;

import io.streamgauge.common.dataset.file.ReadOptions;
import io.streamgauge.common.dataset.file.Window;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that reads a dataset or a trace. */
public final class DatasetFileOptions {
  @Option(
      names = "--format",
      paramLabel = "NAME",
      description =
          "The file's format, where its content is not to decide: prompts, sharegpt, messages,"
              + " openai-batch, workload-trace, mooncake, qwen-bailian, azure, burstgpt, weka,"
              + " aiperf, otel; or how its rows lie: json, jsonl, csv, txt.")
  private @Nullable String format;

  @Option(
      names = "--field",
      paramLabel = "NAME=FIELD",
      description =
          "What a field is called in the file, as in --field prompt=question; repeatable.")
  private @Nullable Map<String, String> fields;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "So many requests of the file at most.")
  private @Nullable Long limit;

  @Option(
      names = "--window",
      paramLabel = "FROM..TO",
      description = "Only requests of this time of a trace, counted from its first one: 10m..20m.")
  private @Nullable String window;

  @Option(
      names = "--keep-failed",
      description =
          "Send requests of a trace that failed when they were recorded, for one token each."
              + " Default: they are counted and left out.")
  private boolean keepFailed;

  /** What was given over what there is. */
  public ReadOptions over(ReadOptions base) {
    return new ReadOptions(
        Optional.ofNullable(format).or(base::format),
        Optional.ofNullable(fields).or(base::fields),
        Optional.ofNullable(limit).or(base::limit),
        Optional.ofNullable(window).map(Window::parse).or(base::window),
        keepFailed ? Optional.of(true) : base.keepFailed());
  }
}
