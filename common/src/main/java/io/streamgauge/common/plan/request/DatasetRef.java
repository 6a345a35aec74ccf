package io.streamgauge.common.plan.request;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.Dataset;
import io.streamgauge.common.dataset.DatasetFile;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.file.ReadOptions;
import io.streamgauge.common.dataset.session.Sessions;
import io.streamgauge.common.dataset.synthetic.Synthetic;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a plan's prompts come from: the plan itself, else a file, else they are made to length,
 * else the built-in ones. Beside prompts the file only tells where they are from.
 *
 * @param read how the file is read, where not as usual
 * @param synthetic the lengths to which prompts are made
 * @param samePrompts whether each level sends the very same requests
 * @param uniquePrefix whether a short mark makes each request's beginning its own
 * @param sessions how conversations are sent in turns; without it their first turn alone is
 */
public record DatasetRef(
    Optional<String> file,
    Optional<List<Prompt>> prompts,
    Optional<ReadOptions> read,
    Optional<Synthetic> synthetic,
    Optional<Boolean> samePrompts,
    Optional<Boolean> uniquePrefix,
    Optional<Sessions> sessions) {
  public static final DatasetRef BUILT_IN =
      new DatasetRef(Optional.empty(), Optional.empty(), Optional.empty());

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
    if (synthetic.isPresent()
        && (file.isPresent() || prompts.isPresent() || uniquePrefix.isPresent())) {
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
        Optional.empty());
  }

  /** Whether it is the built-in prompts, in whatever way they are sent. */
  public boolean namesNothing() {
    return file.isEmpty() && prompts.isEmpty() && synthetic.isEmpty();
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
      @JsonProperty("sessions") Optional<Sessions> sessions) {
    return new DatasetRef(
        file,
        prompts.filter(rows -> !rows.isNull()).map(rows -> DatasetFile.prompts("prompts", rows)),
        read,
        synthetic,
        samePrompts,
        uniquePrefix,
        sessions);
  }

  @JsonProperty("prompts")
  Optional<ArrayNode> rows() {
    return prompts.map(DatasetFile::rows);
  }

  /**
   * Reads the file where the prompts are not here yet.
   *
   * @throws PlanException naming what is wrong with the file
   */
  public Dataset load() {
    if (synthetic.isPresent()) {
      throw new IllegalStateException("prompts that are made to length lie nowhere");
    }
    Dataset all =
        prompts
            .map(list -> new Dataset(shownName(), list))
            .or(() -> file.map(name -> read(Path.of(name))))
            .orElseGet(Dataset::builtIn);
    return sessions.map(way -> way.over(all)).orElseGet(() -> Sessions.firstTurns(all));
  }

  private Dataset read(Path path) {
    return sessions.isPresent()
        ? DatasetFile.readSessions(path, options())
        : DatasetFile.read(path, options());
  }

  /** The same with the prompts of its file, read from {@code path}, in it. */
  public DatasetRef inlined(Path path) {
    return new DatasetRef(
        file.or(() -> Optional.of(Objects.toString(path.getFileName(), path.toString()))),
        Optional.of(read(path).prompts()),
        Optional.empty(),
        synthetic,
        samePrompts,
        uniquePrefix,
        sessions);
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
        sessions);
  }

  /** The same, sent in such sessions. */
  public DatasetRef inSessions(Optional<Sessions> other) {
    return new DatasetRef(file, prompts, read, synthetic, samePrompts, uniquePrefix, other);
  }

  private ReadOptions options() {
    return read.orElse(ReadOptions.DEFAULT);
  }

  /** Without the prompts, which are not kept in results. */
  public DatasetRef redacted() {
    return prompts.isEmpty()
        ? this
        : new DatasetRef(
            Optional.of(shownName()),
            Optional.empty(),
            Optional.empty(),
            synthetic,
            samePrompts,
            uniquePrefix,
            sessions);
  }

  private String shownName() {
    return file.orElse(IN_LINE);
  }
}
