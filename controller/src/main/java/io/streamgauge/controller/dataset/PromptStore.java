package io.streamgauge.controller.dataset;

import static java.nio.file.StandardOpenOption.READ;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.DatasetFile;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.files.WholeFile;
import io.streamgauge.controller.dataset.openrouter.GeneratedAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The dataset file while it grows. After each {@link #add} the whole new file is on the disk, and
 * at no time less than the whole old one. Blocks: not for an event loop.
 */
final class PromptStore {
  private final Path file;
  private final Path directory;
  private List<Prompt> prompts;
  private String text;

  private PromptStore(Path file, List<Prompt> prompts, String text) {
    this.file = file;
    this.directory = Objects.requireNonNull(file.getParent(), file.toString());
    this.prompts = List.copyOf(prompts);
    this.text = text;
  }

  /**
   * Opens a file that is there, or one to come, whose directory is made.
   *
   * @throws PlanException where the file is there but no dataset, or can't be written
   */
  static PromptStore open(Path path) {
    try {
      PromptStore store =
          Files.exists(path)
              // The file that a link names is replaced, not the link.
              ? new PromptStore(path.toRealPath(), DatasetFile.read(path).prompts(), read(path))
              : new PromptStore(path.toAbsolutePath(), List.of(), "");
      Files.createDirectories(store.directory);
      if (!Files.isWritable(store.directory)) {
        throw new PlanException("--output", path, "a file in a directory that can be written");
      }
      return store;
    } catch (IOException e) {
      throw new PlanException("--output", path, "a file that can be written (" + e + ")");
    }
  }

  List<Prompt> prompts() {
    return prompts;
  }

  /**
   * Adds a prompt under an id that is still free.
   *
   * @throws UncheckedIOException where it can't be saved; then file and prompts are as before
   */
  Prompt add(Category category, GeneratedAnswer.Accepted answer) {
    Prompt prompt =
        new Prompt(freeId(), category.label(), answer.prompt(), Optional.of(answer.maxTokens()));
    List<Prompt> more = Stream.concat(prompts.stream(), Stream.of(prompt)).toList();
    String longer = DatasetFile.text(file, more);
    try {
      if (Files.exists(file) && !read(file).equals(text)) {
        throw new IOException("changed by somebody else meanwhile, left as it is");
      }
      write(longer);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be saved (" + e.getMessage() + ")", e);
    }
    prompts = more;
    text = longer;
    return prompt;
  }

  private String freeId() {
    int id = prompts.size() + 1;
    while (taken(String.valueOf(id))) {
      id++;
    }
    return String.valueOf(id);
  }

  private boolean taken(String id) {
    return prompts.stream().anyMatch(prompt -> prompt.id().equals(id));
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }

  private void write(String content) throws IOException {
    WholeFile.replace(file, content.getBytes(StandardCharsets.UTF_8));
    // The move itself is safe once its directory is.
    try (FileChannel entry = FileChannel.open(directory, READ)) {
      entry.force(true);
    }
  }
}
