package io.streamgauge.controller.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.streamgauge.common.plan.request.ApiEndpoint;
import io.streamgauge.controller.log.LogEntry.Begins;
import io.streamgauge.controller.log.RunFacts;
import java.net.URI;
import java.util.Map;

/**
 * What all of a run's spans and metrics have in common.
 *
 * @param url of the target
 */
record RunIdentity(RunFacts facts, Resource resource, TraceIds ids, String url) {
  static RunIdentity of(RunFacts facts, Map<String, String> attributes) {
    AttributesBuilder all = Attributes.builder();
    attributes.forEach(all::put);
    all.put("service.version", facts.tool().version());
    return new RunIdentity(facts, Resource.create(all.build()), TraceIds.of(facts), facts.url());
  }

  /** Of an engine that has told where it is. */
  RunIdentity at(String told) {
    return new RunIdentity(facts, resource, ids, told);
  }

  AttributesBuilder attributes() {
    AttributesBuilder all = Attributes.builder();
    all.put(Keys.RUN, facts.runId()).put(Keys.BACKEND, facts.backend().name());
    if (!facts.plan().name().isEmpty()) {
      all.put(Keys.RUN_NAME, facts.plan().name());
    }
    facts.repeat().ifPresent(number -> all.put(Keys.REPEAT, number));
    return all;
  }

  Attributes ofLevel(Begins begun) {
    AttributesBuilder all = attributes();
    all.put(Keys.LEVEL, begun.level())
        .put(Keys.OPERATION, operation())
        .put(Keys.PROVIDER, facts.backend().name());
    if (!begun.model().isEmpty()) {
      all.put(Keys.MODEL, begun.model());
    }
    URI address = URI.create(url);
    if (address.getHost() != null) {
      all.put(Keys.ADDRESS, address.getHost());
      if (address.getPort() > 0) {
        all.put(Keys.PORT, address.getPort());
      }
    }
    return all.build();
  }

  String operation() {
    return switch (endpoint()) {
      case CHAT, RESPONSES, MESSAGES -> "chat";
      case COMPLETIONS -> "text_completion";
      case EMBEDDINGS -> "embeddings";
    };
  }

  /** Whether answers are asked for as streams, also of a request that got none. */
  boolean streams() {
    return switch (endpoint()) {
      case CHAT, RESPONSES, MESSAGES, COMPLETIONS -> true;
      case EMBEDDINGS -> false;
    };
  }

  private ApiEndpoint endpoint() {
    return facts.plan().workload().request().endpoint();
  }
}
