package io.streamgauge.controller.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.streamgauge.common.measure.RequestTraces;
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
    return context(trace(), span(run));
  }

  SpanContext ofLevel(String level) {
    return context(trace(), span(run + " level " + level));
  }

  RequestTraces requests() {
    return new RequestTraces(HexFormat.fromHexDigitsToLong(span(run)));
  }

  SpanContext ofRequest(String requestId) {
    RequestTraces.Ids ids = requests().of(requestId);
    return context(ids.trace(), ids.span());
  }

  private String trace() {
    return hash(run).substring(0, TRACE);
  }

  private static String span(String text) {
    return hash(text).substring(TRACE, TRACE + SPAN);
  }

  private static SpanContext context(String trace, String span) {
    return SpanContext.create(trace, span, TraceFlags.getSampled(), TraceState.getDefault());
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
