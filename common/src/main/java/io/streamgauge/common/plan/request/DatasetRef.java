package io.streamgauge.common.plan.request;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.Dataset;
import io.streamgauge.common.dataset.DatasetFile;
import io.streamgauge.common.dataset.DatasetRows;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.file.ReadOptions;
import io.streamgauge.common.dataset.session.Sessions;
import io.streamgauge.common.dataset.synthetic.Synthetic;
import io.streamgauge.common.dataset.trace.Trace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a plan's prompts come from: the plan itself, else a file, else they are made to length,
 * else the built-in ones. Beside prompts or a trace the file only tells where they are from.
 *
 * @param read how the file is read, where not as usual
 * @param synthetic the lengths to which prompts are made
 * @param samePrompts whether each level sends the very same requests
 * @param uniquePrefix whether a short mark makes each request's beginning its own
 * @param sessions how conversations are sent in turns; without it their first turn alone is
 * @param trace the requests of the file in their order, where it was read as a trace
 * @param tokenizer a {@code tokenizer.json} that counts in place of the server where prompts are
 *     made
 */
public record DatasetRef(
    Optional<String> file,
    Optional<List<Prompt>> prompts,
    Optional<ReadOptions> read,
    Optional<Synthetic> synthetic,
    Optional<Boolean> samePrompts,
    Optional<Boolean> uniquePrefix,
    Optional<Sessions> sessions,
    Optional<Trace> trace,
    Optional<String> tokenizer) {
  public static final DatasetRef BUILT_IN =
      new DatasetRef(Optional.empty(), Optional.empty(), Optional.empty());

  /** In front of a warm-up's prompts, so that it fills no cache for those that are measured. */
  public static final String WARM_UP = "Warm-up. ";

  /** What stands for the file in results where the plan brought prompts without a name. */
  private static final String IN_LINE = "prompts of the plan";

  public DatasetRef {
    file.ifPresent(
        name -> {
          if (name.isBlank()) {
            throw new PlanException("dataset.file", "\"" + name + "\"", "the name of a file");
          }
        });
    if (read.isPresent() && file.isEmpty()) {
      throw new PlanException("dataset.read", "without a file", "a dataset.file beside it");
    }
    samePrompts = samePrompts.filter(wanted -> wanted);
    uniquePrefix = uniquePrefix.filter(wanted -> wanted);
    prompts = prompts.map(List::copyOf);
    prompts.ifPresent(
        list -> {
          if (list.isEmpty()) {
            throw new PlanException("dataset.prompts", "[]", "one prompt or more");
          }
        });
    if (trace.isPresent() && prompts.isPresent()) {
      throw new PlanException("dataset.trace", trace.get().format(), "no prompts beside it");
    }
    if (synthetic.isPresent()
        && (file.isPresent()
            || prompts.isPresent()
            || trace.isPresent()
            || uniquePrefix.isPresent())) {
      throw new PlanException(
          "dataset.synthetic",
          synthetic.get().inputTokens().text(),
          "no file, prompts or unique_prefix beside it");
    }
    if (synthetic.isPresent() && sessions.isPresent()) {
      throw new PlanException(
          "dataset.sessions",
          "beside synthetic",
          "a file of conversations; made prompts have none");
    }
  }

  /** Prompts as they are. */
  public DatasetRef(
      Optional<String> file, Optional<List<Prompt>> prompts, Optional<ReadOptions> read) {
    this(
        file,
        prompts,
        read,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether it is the built-in prompts, in whatever way they are sent. */
  public boolean namesNothing() {
    return file.isEmpty() && prompts.isEmpty() && synthetic.isEmpty() && trace.isEmpty();
  }

  /** Whether no two levels, but such as are to send the same, have prompts that begin alike. */
  public boolean beginsAnewInEachLevel() {
    return synthetic.isPresent() || trace.isPresent() || uniquePrefix.isPresent();
  }

  public static DatasetRef of(String file) {
    return new DatasetRef(Optional.of(file), Optional.empty(), Optional.empty());
  }

  /** The form of plan files and messages: prompts as in a dataset file. */
  @JsonCreator
  static DatasetRef read(
      @JsonProperty("file") Optional<String> file,
      @JsonProperty("prompts") Optional<JsonNode> prompts,
      @JsonProperty("read") Optional<ReadOptions> read,
      @JsonProperty("synthetic") Optional<Synthetic> synthetic,
      @JsonProperty("same_prompts") Optional<Boolean> samePrompts,
      @JsonProperty("unique_prefix") Optional<Boolean> uniquePrefix,
      @JsonProperty("sessions") Optional<Sessions> sessions,
      @JsonProperty("trace") Optional<Trace> trace,
      @JsonProperty("tokenizer") Optional<String> tokenizer) {
    return new DatasetRef(
        file,
        prompts.filter(rows -> !rows.isNull()).map(rows -> DatasetFile.prompts("prompts", rows)),
        read,
        synthetic,
        samePrompts,
        uniquePrefix,
        sessions,
        trace,
        tokenizer);
  }

  @JsonProperty("prompts")
  Optional<ArrayNode> rows() {
    return prompts.map(DatasetFile::rows);
  }

  /**
   * What there is to send; reads the file where it is not here yet.
   *
   * @param replayed whether requests go at the times of the file's rows
   * @throws PlanException naming what is wrong with the file
   */
  public DatasetRows load(boolean replayed) {
    if (synthetic.isPresent()) {
      throw new IllegalStateException("prompts that are made to length lie nowhere");
    }
    if (trace.filter(known -> known.rows().isEmpty()).isPresent()) {
      throw new PlanException("dataset.trace.rows", "[]", "the rows of the trace");
    }
    DatasetRows rows =
        trace
            .<DatasetRows>map(DatasetRows.Requests::new)
            .or(() -> prompts.map(list -> new DatasetRows.Prompts(new Dataset(shownName(), list))))
            .or(() -> file.map(name -> read(Path.of(name), replayed)))
            .orElseGet(() -> new DatasetRows.Prompts(Dataset.builtIn()));
    return switch (rows) {
      case DatasetRows.Prompts(Dataset all) ->
          new DatasetRows.Prompts(
              sessions.map(way -> way.over(all)).orElseGet(() -> Sessions.firstTurns(all)));
      case DatasetRows.Requests(Trace known) ->
          new DatasetRows.Requests(
              sessions
                  .map(way -> way.over(known, replayed))
                  .orElseGet(() -> Sessions.firstTurns(known)));
    };
  }

  private DatasetRows read(Path path, boolean replayed) {
    return DatasetFile.rows(path, options(), replayed, sessions.isPresent());
  }

  /** The same with what its file has, read from {@code path}, in it. */
  public DatasetRef inlined(Path path, boolean replayed) {
    return holding(read(path, replayed));
  }

  /** The same with what its file has in it. */
  public DatasetRef holding(DatasetRows rows) {
    return switch (rows) {
      case DatasetRows.Prompts(Dataset(String _, List<Prompt> all, List<String> _)) ->
          new DatasetRef(
              file,
              Optional.of(all),
              Optional.empty(),
              synthetic,
              samePrompts,
              uniquePrefix,
              sessions,
              Optional.empty(),
              tokenizer);
      case DatasetRows.Requests(Trace known) ->
          new DatasetRef(
              file,
              Optional.empty(),
              read,
              synthetic,
              samePrompts,
              uniquePrefix,
              sessions,
              Optional.of(known),
              tokenizer);
    };
  }

  /** Whether what there is to send is in it. */
  public boolean holdsRows() {
    return prompts.isPresent() || trace.isPresent();
  }

  /** The same file, read in another way. */
  public DatasetRef readBy(ReadOptions other) {
    return new DatasetRef(
        file,
        prompts,
        Optional.of(other).filter(options -> !options.equals(ReadOptions.DEFAULT)),
        synthetic,
        samePrompts,
        uniquePrefix,
        sessions,
        trace,
        tokenizer);
  }

  /** The same, sent in such sessions. */
  public DatasetRef inSessions(Optional<Sessions> other) {
    return new DatasetRef(
        file, prompts, read, synthetic, samePrompts, uniquePrefix, other, trace, tokenizer);
  }

  /** The same with a tokenizer that lies elsewhere. */
  public DatasetRef countedBy(String other) {
    return new DatasetRef(
        file,
        prompts,
        read,
        synthetic,
        samePrompts,
        uniquePrefix,
        sessions,
        trace,
        Optional.of(other));
  }

  private ReadOptions options() {
    return read.orElse(ReadOptions.DEFAULT);
  }

  /** Without prompts and rows, which are not kept in results. */
  public DatasetRef redacted() {
    if (trace.isPresent()) {
      return holding(new DatasetRows.Requests(trace.get().withoutRows()));
    }
    return prompts.isEmpty()
        ? this
        : new DatasetRef(
            Optional.of(shownName()),
            Optional.empty(),
            Optional.empty(),
            synthetic,
            samePrompts,
            uniquePrefix,
            sessions,
            Optional.empty(),
            tokenizer);
  }

  private String shownName() {
    return file.orElse(IN_LINE);
  }
}
