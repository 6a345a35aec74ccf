package io.streamgauge.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.sim.journal.EventTimes;
import io.streamgauge.common.json.Json;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the server did with each request, by the request's id: the truth of this benchmark. */
record ServerLog(Map<String, Entry> entries) {
  /**
   * One request. Times are nanoseconds of the machine's monotonic clock, which is that of {@code
   * System.nanoTime()} on Linux.
   *
   * @param received when the whole request had come
   * @param first when the first token was written
   * @param last when the last token was written
   * @param times when each event with tokens was written; empty when the server kept none
   */
  record Entry(long received, long first, long last, int tokens, int events, EventTimes times) {
    double ttftMillis() {
      return (first - received) / 1e6;
    }
  }

  ServerLog {
    entries = Map.copyOf(entries);
  }

  /** Reads one JSON object a line; requests that got no token are left out. */
  static ServerLog parse(Stream<String> lines) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    lines.filter(line -> !line.isBlank()).forEach(line -> add(line, entries));
    return new ServerLog(entries);
  }

  private static void add(String line, Map<String, Entry> entries) {
    try {
      JsonNode node = Json.MAPPER.readTree(line);
      if (node.path("first").asLong() > 0) {
        entries.put(
            node.required("id").asText(),
            new Entry(
                node.required("recv").asLong(),
                node.required("first").asLong(),
                node.required("last").asLong(),
                node.required("tokens").asInt(),
                node.required("events").asInt(),
                times(node.path("times"))));
      }
    } catch (JsonProcessingException e) {
      throw new BenchException("a line of the server's log is no JSON: " + line, e);
    }
  }

  private static EventTimes times(JsonNode times) {
    return new EventTimes(
        StreamSupport.stream(times.spliterator(), false).mapToLong(JsonNode::asLong).toArray());
  }

  /** When the first request of all came. */
  long firstReceived() {
    return entries.values().stream()
        .mapToLong(Entry::received)
        .min()
        .orElseThrow(() -> new BenchException("the server got no request"));
  }

  long events() {
    return entries.values().stream().mapToLong(Entry::events).sum();
  }

  long tokens() {
    return entries.values().stream().mapToLong(Entry::tokens).sum();
  }

  /** From the first request received to the last token written. */
  double seconds() {
    long last = entries.values().stream().mapToLong(Entry::last).max().orElseThrow();
    return (last - firstReceived()) / 1e9;
  }

  static Samples ttftMillis(Collection<Entry> of) {
    return new Samples(of.stream().mapToDouble(Entry::ttftMillis).toArray());
  }

  /** All gaps between events of the same request. */
  static Samples gapMillis(Collection<Entry> of) {
    return new Samples(
        of.stream()
            .map(Entry::times)
            .flatMapToDouble(
                times ->
                    IntStream.range(1, times.count())
                        .mapToDouble(i -> (times.get(i) - times.get(i - 1)) / 1e6))
            .toArray());
  }
}
