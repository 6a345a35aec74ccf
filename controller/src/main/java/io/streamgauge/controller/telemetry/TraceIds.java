package io.streamgauge.controller.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.streamgauge.controller.log.RunFacts;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Ids that follow from what a span is of, so that a run that is sent twice is the same spans. The
 * run and its levels are one trace and each request is one of its own, linked to its level: traces
 * of as many spans as a run has requests are refused by what stores them.
 */
record TraceIds(String run) {
  private static final int TRACE = 32;
  private static final int SPAN = 16;

  static TraceIds of(RunFacts facts) {
    return new TraceIds(
        "%s %s %d %s"
            .formatted(
                facts.runId(),
                facts.backend().name(),
                facts.repeat().orElse(0),
                facts.startedAt()));
  }

  SpanContext ofRun() {
    return context(hash(run), hash(run));
  }

  SpanContext ofLevel(String level) {
    return context(hash(run), hash(run + " level " + level));
  }

  SpanContext ofRequest(String requestId) {
    String own = hash(run + " request " + requestId);
    return context(own, own);
  }

  private static SpanContext context(String trace, String span) {
    return SpanContext.create(
        trace.substring(0, TRACE),
        span.substring(TRACE, TRACE + SPAN),
        TraceFlags.getSampled(),
        TraceState.getDefault());
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
