package io.streamgauge.common.plan.load;

import com.fasterxml.jackson.core.JacksonException;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Durations;
import io.streamgauge.common.json.Json;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The due times of a replay: a list, or a file with one a line or with a JSON array of them. */
public final class ReplayTimes {
  /**
   * Reads a file of due times.
   *
   * @throws PlanException naming the file, the line and the value
   */
  public static Arrival.Replay read(Path file) {
    String text = text(file);
    return text.stripLeading().startsWith("[")
        ? of(file.toString(), array(file, text))
        : lines(file.toString(), text.lines().toList());
  }

  /** Reads a file that a user named on the command line. */
  public static Arrival.Replay read(String name) {
    try {
      return read(Path.of(name));
    } catch (InvalidPathException _) {
      throw new PlanException("arrival", name, "the name of a file");
    }
  }

  static Arrival.Replay of(String source, List<String> texts) {
    List<Long> times = new ArrayList<>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      add(times, source + "[" + i + "]", texts.get(i));
    }
    return replay(source, times);
  }

  /** Blank lines say nothing. */
  private static Arrival.Replay lines(String source, List<String> lines) {
    List<Long> times = new ArrayList<>(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        add(times, source + ": line " + (i + 1), lines.get(i).strip());
      }
    }
    return replay(source, times);
  }

  private static void add(List<Long> times, String place, String text) {
    long time = Durations.parse(place, text).toNanos();
    if (!times.isEmpty() && time < times.getLast()) {
      throw new PlanException(place, text, "a time that is not before the one in front of it");
    }
    times.add(time);
  }

  private static Arrival.Replay replay(String source, List<Long> times) {
    if (times.isEmpty()) {
      throw new PlanException(source + ": no due time, expected one a line such as 12.5ms");
    }
    return new Arrival.Replay(times);
  }

  private static List<String> array(Path file, String text) {
    try {
      return Arrays.asList(Json.MAPPER.readValue(text, String[].class));
    } catch (JacksonException _) {
      throw new PlanException(
          file + ": no JSON array of texts, expected due times such as [\"0ms\", \"12.5ms\"]");
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException _) {
      throw unusable(file, "no such file");
    } catch (CharacterCodingException _) {
      throw unusable(file, "not UTF-8");
    } catch (IOException _) {
      throw unusable(file, Files.isDirectory(file) ? "a directory" : "cannot be read");
    }
  }

  private static PlanException unusable(Path file, String problem) {
    return new PlanException(
        "arrival: " + file + ": " + problem + ", expected a file with one due time a line");
  }

  private ReplayTimes() {}
}
