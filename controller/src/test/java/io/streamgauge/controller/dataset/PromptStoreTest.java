package io.streamgauge.controller.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.DatasetFile;
import io.streamgauge.common.dataset.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptStoreTest {
  private static final Draft ANSWER = new Draft("Say something.", 64);

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"a.json", "a.jsonl", "deep/down/a.json"})
  void aNewFileIsMadeWithItsDirectory(String name) {
    Path file = directory.resolve(name);

    new PromptStore(file).add(Category.MATH, ANSWER);

    assertThat(DatasetFile.read(file).prompts()).containsExactly(prompt("1"));
  }

  @Test
  void aNewPromptGetsAnIdThatIsFree() throws IOException {
    Path file = directory.resolve("a.json");
    Files.writeString(file, "[{\"id\": 3, \"prompt\": \"a\"}, {\"id\": \"x\", \"prompt\": \"b\"}]");

    assertThat(new PromptStore(file).add(Category.MATH, ANSWER)).isEqualTo(prompt("4"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "not a dataset", "[{\"prompt\": 1}]"})
  void aFileThatIsNoDatasetIsRefusedAndLeftAsItIs(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("a.json"), text);

    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> new PromptStore(file))
        .withMessageStartingWith(file.toString());
    assertThat(file).hasContent(text);
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path file = Files.writeString(directory.resolve("real.json"), "[\"one\"]");
    Path link = Files.createSymbolicLink(directory.resolve("link.json"), file);

    new PromptStore(link).add(Category.MATH, ANSWER);

    assertThat(link).isSymbolicLink();
    assertThat(DatasetFile.read(file).prompts()).hasSize(2);
  }

  @Test
  void whatCanNotBeSavedLeavesFileAndPromptsAsTheyWere() throws IOException {
    Path file = directory.resolve("a".repeat(245) + ".json"); // no draft can have a longer name
    Files.writeString(file, "[\"Say something.\"]");
    PromptStore store = new PromptStore(file);

    assertThatExceptionOfType(Setback.class)
        .isThrownBy(() -> store.add(Category.MATH, ANSWER))
        .withMessageStartingWith(file + ": cannot be saved");
    assertThat(store.prompts()).hasSize(1);
    assertThat(DatasetFile.read(file).prompts()).hasSize(1);
  }

  private static Prompt prompt(String id) {
    return new Prompt(id, "math", "Say something.", Optional.of(64));
  }
}
