package io.streamgauge.common.plan;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.plan.load.ArrivalReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads plans, strictly: what is not known is an error that names its path. */
public final class PlanFile {

  /**
   * Reads a YAML or JSON plan.
   *
   * @throws PlanException with one line that names the file, the field and what is wrong with it
   */
  public static Plan read(Path file) {
    return parse(file.toString(), text(file), Optional.of((_, name) -> Path.of(name)));
  }

  /** Reads a plan's text: JSON if it opens with a brace, else YAML. */
  public static Plan parse(String source, String text) {
    return parse(source, text, Optional.empty());
  }

  /** The same for a plan that may name files of due times, as far as the gate lets it. */
  public static Plan parse(String source, String text, FileGate files) {
    return parse(source, text, Optional.of(files));
  }

  private static Plan parse(String source, String text, Optional<FileGate> files) {
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    try {
      return plan(plain.stripLeading().startsWith("{") ? Json.MAPPER : Json.YAML, plain, files);
    } catch (PlanException wrong) {
      throw wrong.from(source);
    }
  }

  /**
   * The tree finds what the binding would let pass, and the values for the messages. The plan is
   * bound from the text itself, since a tree turns a name such as 1.10 into 1.1.
   */
  private static Plan plan(ObjectMapper mapper, String text, Optional<FileGate> files) {
    JsonNode tree = PlanTree.read(mapper, text);
    PlanMistake.refuseUnknown(tree);
    try {
      ObjectReader reader = mapper.readerFor(Plan.class);
      return files
          .map(gate -> reader.withAttribute(ArrivalReader.FILES, gate))
          .orElse(reader)
          .readValue(text);
    } catch (JsonMappingException e) {
      throw PlanMistake.of(e, tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw unusable(file, "no such file");
    } catch (AccessDeniedException e) {
      throw unusable(file, "no permission to read it");
    } catch (CharacterCodingException e) {
      throw unusable(file, "not UTF-8");
    } catch (IOException e) {
      throw unusable(file, Files.isDirectory(file) ? "a directory" : "cannot be read");
    }
  }

  private static PlanException unusable(Path file, String problem) {
    return new PlanException(file + ": " + problem + ", expected a plan in YAML or JSON");
  }

  private PlanFile() {}
}
