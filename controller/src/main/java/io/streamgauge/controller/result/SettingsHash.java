package io.streamgauge.controller.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamgauge.common.TextDigest;
import io.streamgauge.common.engine.EngineInfo;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.plan.Backend;
import io.streamgauge.common.plan.request.RequestShape;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The SHA-256 of what was measured, whatever its name and address: the engine with its command line
 * and settings, the model that is asked for, and the form of the requests. Of a server that the
 * tool did not start its own settings are not known.
 */
final class SettingsHash {
  static String of(Backend backend, RequestShape request, Optional<EngineInfo> engine) {
    TextDigest digest = new TextDigest();
    switch (backend) {
      case Backend.Managed managed ->
          digest
              .text("engine " + managed.engine().label())
              .text(new TreeMap<>(managed.settings()).toString())
              .text("model " + managed.model());
      case Backend.Served served -> digest.text("server").text("model " + served.target().model());
    }
    engine.map(EngineInfo::argv).orElse(List.of()).forEach(digest::text);
    digest.text(json(request));
    return digest.end();
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
