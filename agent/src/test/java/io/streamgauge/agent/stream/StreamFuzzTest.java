package io.streamgauge.agent.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damaged recordings of real engines against {@link StreamChecks}, for some seconds or for {@code
 * -Dfuzz.minutes}; {@code -Dfuzz.seed} begins elsewhere.
 */
class StreamFuzzTest {
  private static final Duration SHORT = Duration.ofSeconds(3);
  private static final long SEED = Long.getLong("fuzz.seed", 20261124);

  static List<byte[]> corpus() {
    List<String> names = List.copyOf(Captures.streamed().keySet());
    return Stream.of(
            names.stream().map(Captures::response),
            names.stream().map(Captures::body),
            names.stream()
                .flatMap(name -> Captures.payloads(Captures.body(name)).stream().limit(8)))
        .flatMap(parts -> parts)
        .toList();
  }

  @Test
  void noRecordingBreaksTheReaders() {
    StreamChecks checks = new StreamChecks(true);
    corpus().forEach(checks::check);
  }

  /** What was found once. */
  @ParameterizedTest
  @ValueSource(strings = {"data:[DONE] ", "data: [DONE] \n\n", "data:[1] \n\n", "[DONE] "})
  void noInputThatOnceDidBreaksTheReaders(String input) {
    new StreamChecks(false).check(input.getBytes(UTF_8));
  }

  @Test
  void noDamageBreaksTheReaders(TestReporter reporter) {
    long minutes = Long.getLong("fuzz.minutes", 0);
    Duration length = minutes == 0 ? SHORT : Duration.ofMinutes(minutes);
    long end = System.nanoTime() + length.toNanos();
    Mutator mutator = new Mutator(new SplittableRandom(SEED), corpus());
    corpus().forEach(new StreamChecks(false)::check); // what is loaded once is no input's
    StreamChecks checks = new StreamChecks(true);
    long runs = 0;
    while (end - System.nanoTime() > 0) {
      byte[] input = mutator.next();
      try {
        checks.check(input);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(
            "run %d of seed %d, input %s"
                .formatted(runs, SEED, Base64.getEncoder().encodeToString(input)),
            e);
      }
      runs++;
    }
    reporter.publishEntry("fuzz", runs + " inputs in " + length);
  }
}
