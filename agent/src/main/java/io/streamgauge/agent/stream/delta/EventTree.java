package io.streamgauge.agent.stream.delta;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.stream.ErrorSigns;
import io.streamgauge.agent.stream.KeepAlives;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a parsed event, whatever its form, into a {@link Delta}. */
final class EventTree {
  private static final List<String> CHOICES = List.of("choices", "candidates");

  /** Whether the event is an error; what else it says is in {@code into} then, for what it is. */
  static boolean read(JsonNode event, Delta into) {
    if (event.isArray() && event.path(0).isContainerNode()) {
      boolean failed = false;
      for (JsonNode each : event) {
        failed |= read(each, into);
      }
      return failed;
    }
    if (!event.isObject()) {
      bearsNothing(event, into);
      return false;
    }
    UsageTree.read(event, into);
    JsonNode choices = choices(event);
    if (!choices.isEmpty() || (event.path("choices").isArray() && into.hasUsage())) {
      boolean failed = choices(choices, into);
      return failed || ErrorSigns.inChunk(event);
    }
    if (ErrorSigns.inEvent(event)) {
      return true;
    }
    if (!TypedEvents.read(event, into)) {
      finish(event, into);
      // Its texts alone: what is not known of an event of no chunk's form is told below.
      ChunkText.find(event, TextKind.TEXT, "", (kind, text) -> into.finder().text(kind, text));
      if (!into.saysAnything() && !event.path("choices").isArray()) {
        bearsNothing(event, into);
      }
    }
    return false;
  }

  private static void bearsNothing(JsonNode event, Delta into) {
    if (!KeepAlives.isValue(event)) {
      into.stranger(event.toString());
    }
  }

  private static JsonNode choices(JsonNode event) {
    return CHOICES.stream()
        .map(event::path)
        .filter(list -> !list.isEmpty())
        .findFirst()
        .orElse(StreamJson.MAPPER.missingNode());
  }

  private static boolean choices(JsonNode choices, Delta into) {
    if (choices.isObject()) {
      return choice(choices, into);
    }
    boolean failed = false;
    for (JsonNode choice : choices) {
      failed |= choice.isObject() && choice(choice, into);
    }
    return failed;
  }

  /** A choice with a delta may hold the whole answer so far beside it, which is nothing new. */
  private static boolean choice(JsonNode choice, Delta into) {
    JsonNode delta = choice.path("delta");
    finish(choice, into);
    if (delta.isMissingNode() || delta.isNull()) {
      ChunkText.find(choice, TextKind.TEXT, "choices[]", into.finder());
      role(choice.path("message"), into);
      into.add(choice.path("message").isObject() ? Delta.MESSAGE : 0);
    } else {
      ChunkText.find(choice.path("text"), TextKind.TEXT, "choices[].text", into.finder());
      ChunkText.find(delta, TextKind.TEXT, "choices[].delta", into.finder());
      role(delta, into);
    }
    return ErrorSigns.inChunk(choice) || ErrorSigns.inChunk(delta);
  }

  private static void role(JsonNode delta, Delta into) {
    boolean named = delta.path("role").isTextual() && !delta.path("role").asText().isEmpty();
    into.add(named ? Delta.ROLE : 0);
  }

  private static void finish(JsonNode choice, Delta into) {
    into.finish(reason(choice.path("finish_reason")));
    into.finish(reason(choice.path("finishReason")));
  }

  private static @Nullable String reason(JsonNode told) {
    return told.isTextual() ? FinishReasons.of(told.textValue()) : null;
  }

  private EventTree() {}
}
