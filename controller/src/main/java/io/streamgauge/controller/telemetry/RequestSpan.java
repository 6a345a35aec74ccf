package io.streamgauge.controller.telemetry;

import static io.streamgauge.common.measure.RequestRecord.NONE;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A request as a span, from its sending to its end, as E2E is. Records have no prompt and no answer
 * unless texts were kept, and those are left where they are.
 *
 * @param level to which it belongs
 * @param name of the span
 * @param about what all requests of the level have in common
 * @param origin the level's start, in ns since 1970
 */
record RequestSpan(
    Resource resource, SpanContext level, String name, Attributes about, long origin) {
  private static final double SECOND = 1e9;

  FinishedSpan of(RequestRecord request, SpanContext own) {
    long start = start(request);
    return new FinishedSpan(
        resource,
        name,
        SpanKind.CLIENT,
        own,
        SpanContext.getInvalid(),
        origin + start,
        origin + end(request, start),
        attributes(request),
        events(request),
        List.of(LinkData.create(level)),
        status(request));
  }

  /** When it was sent, or as far as it came. */
  private static long start(RequestRecord request) {
    return LongStream.of(request.sent(), request.started(), request.due())
        .filter(time -> time != NONE)
        .findFirst()
        .orElse(0);
  }

  private static long end(RequestRecord request, long start) {
    return Math.max(
        start,
        LongStream.of(request.ended(), request.lastToken(), request.firstByte())
            .filter(time -> time != NONE)
            .findFirst()
            .orElse(start));
  }

  private List<EventData> events(RequestRecord request) {
    return Stream.of(
            event("first_byte", request.firstByte()),
            event("first_token", request.firstToken()),
            event("last_token", request.lastToken()),
            event("end", request.ended()))
        .flatMap(events -> events)
        .toList();
  }

  private Stream<EventData> event(String called, long time) {
    return time == NONE
        ? Stream.empty()
        : Stream.of(EventData.create(origin + time, called, Attributes.empty()));
  }

  private Attributes attributes(RequestRecord request) {
    AttributesBuilder all = about.toBuilder();
    all.put(Keys.REQUEST, request.requestId())
        .put(Keys.INDEX, request.index())
        .put(Keys.AGENT, request.agent())
        .put(Keys.LANE, request.lane())
        .put(Keys.PROMPT, request.promptId());
    if (request.sent() != NONE && request.due() != NONE) {
      all.put(Keys.LATE, (request.sent() - request.due()) / SECOND);
    }
    request.turn().ifPresent(turn -> all.put(Keys.TURN, turn.number()));
    request.value(Metric.TTFT).ifPresent(nanos -> all.put(Keys.FIRST_CHUNK, nanos / SECOND));
    if (request.inputTokens() != NONE) {
      all.put(Keys.INPUT_TOKENS, request.inputTokens());
    }
    if (request.cachedTokens() != NONE) {
      all.put(Keys.CACHED_TOKENS, request.cachedTokens());
    }
    all.put(Keys.OUTPUT_TOKENS, request.outputTokens());
    if (!request.finishReason().isEmpty()) {
      all.put(Keys.FINISH_REASONS, List.of(request.finishReason()));
    }
    if (request.httpStatus() > 0) {
      all.put(Keys.STATUS, request.httpStatus());
    }
    if (request.outcome() != Outcome.OK) {
      all.put(Keys.ERROR, request.outcome().label());
    }
    return all.build();
  }

  private static StatusData status(RequestRecord request) {
    return request.outcome().failed()
        ? StatusData.create(io.opentelemetry.api.trace.StatusCode.ERROR, request.error())
        : StatusData.unset();
  }
}
