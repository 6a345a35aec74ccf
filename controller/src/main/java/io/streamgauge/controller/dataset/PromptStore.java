package io.streamgauge.controller.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.READ;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.DatasetFile;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.files.WholeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The dataset file while it grows. After each {@link #add} the whole new file is on the disk, and
 * at no time less than the whole old one. Blocks: not for an event loop.
 */
final class PromptStore {
  private final Path file;
  private List<Prompt> prompts = List.of();
  private String text = "";

  /**
   * Opens a file that is there, or one to come, whose directory is made.
   *
   * @throws PlanException where the file is there but no dataset, or can't be written
   */
  PromptStore(Path path) {
    try {
      // The file that a link names is replaced, not the link.
      file = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
      if (Files.exists(file)) {
        prompts = DatasetFile.read(path).prompts();
        text = Files.readString(file);
      }
      Files.createDirectories(directory());
      if (!Files.isWritable(directory())) {
        throw new PlanException("--output", path, "a file in a directory that can be written");
      }
    } catch (IOException e) {
      throw new PlanException("--output", path, "a file that can be written (" + e + ")");
    }
  }

  private Path directory() {
    return Objects.requireNonNull(file.getParent(), file.toString());
  }

  List<Prompt> prompts() {
    return prompts;
  }

  /**
   * Adds a prompt under an id that is still free.
   *
   * @throws Setback where it can't be saved; then file and prompts are as before
   */
  Prompt add(Category category, Draft draft) {
    Prompt prompt =
        new Prompt(freeId(), category.label(), draft.prompt(), Optional.of(draft.maxTokens()));
    List<Prompt> more = Stream.concat(prompts.stream(), Stream.of(prompt)).toList();
    String longer = DatasetFile.text(file, more);
    try {
      if (Files.exists(file) && !Files.readString(file).equals(text)) {
        throw new IOException("changed by somebody else meanwhile, left as it is");
      }
      WholeFile.replace(file, longer.getBytes(UTF_8));
      // The move itself is safe once its directory is.
      try (FileChannel entry = FileChannel.open(directory(), READ)) {
        entry.force(true);
      }
    } catch (IOException e) {
      throw Setback.last(file + ": cannot be saved (" + e.getMessage() + ")");
    }
    prompts = more;
    text = longer;
    return prompt;
  }

  private String freeId() {
    Set<String> taken = prompts.stream().map(Prompt::id).collect(Collectors.toSet());
    int id = prompts.size() + 1;
    while (taken.contains(String.valueOf(id))) {
      id++;
    }
    return String.valueOf(id);
  }
}
