package io.streamgauge.controller.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamgauge.common.TextDigest;
import io.streamgauge.common.engine.EngineInfo;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.plan.Backend;
import io.streamgauge.common.plan.request.RequestShape;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The SHA-256 of what was measured, whatever its name and address: the engine with its command line
 * and settings, the model that is asked for, and the form of the requests. Where it listens and
 * where it keeps its own files changes nothing of what it does. Of a server that the tool did not
 * start its own settings are not known.
 */
final class SettingsHash {
  private static final Set<String> PLACES = Set.of("host", "port");
  private static final Set<String> PLACE_OPTIONS = Set.of("--host", "--port", "--slot-save-path");

  static String of(Backend backend, RequestShape request, Optional<EngineInfo> engine) {
    TextDigest digest = new TextDigest();
    switch (backend) {
      case Backend.Managed managed ->
          digest
              .text("engine " + managed.engine().label())
              .text(placeless(managed.settings()).toString())
              .text("model " + managed.model());
      case Backend.Served served -> digest.text("server").text("model " + served.target().model());
    }
    engine.map(told -> placeless(told.argv())).orElse(List.of()).forEach(digest::text);
    digest.text(json(request));
    return digest.end();
  }

  private static SortedMap<String, Object> placeless(Map<String, Object> settings) {
    SortedMap<String, Object> left = new TreeMap<>(settings);
    left.keySet().removeAll(PLACES);
    return left;
  }

  /** Without those options and the word after each. */
  private static List<String> placeless(List<String> argv) {
    return IntStream.range(0, argv.size())
        .filter(i -> !PLACE_OPTIONS.contains(argv.get(i)))
        .filter(i -> i == 0 || !PLACE_OPTIONS.contains(argv.get(i - 1)))
        .mapToObj(argv::get)
        .toList();
  }

  /** The name of a backend that the tool starts, where it is another one than its engine's. */
  static Optional<String> variant(Backend backend) {
    return backend instanceof Backend.Managed managed
            && !managed.name().equals(managed.engine().label())
        ? Optional.of(managed.name())
        : Optional.empty();
  }

  private static String json(RequestShape request) {
    try {
      return Json.MAPPER.writeValueAsString(request);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot write a request's form", e);
    }
  }

  private SettingsHash() {}
}
