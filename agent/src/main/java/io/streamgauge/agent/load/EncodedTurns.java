package io.streamgauge.agent.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.client.OpenBody;
import io.streamgauge.agent.client.RequestBodies;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.PromptContent;
import io.streamgauge.common.dataset.Turn;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.plan.request.RequestShape;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The bodies of a conversation's turns in bytes, as far as they are known before the load: each is
 * the one before it with more messages.
 */
final class EncodedTurns {
  private final OpenBody first;
  private final List<Later> later;

  /** A turn after the first; {@code live} where the server's answer goes before what it adds. */
  static final class Later {
    private final byte[] added;
    private final byte[] tail;
    private final boolean live;
    private final long limit;
    private final boolean afresh;
    private final long thinkNanos;
    private final long spacingNanos;

    private Later(byte[] added, byte[] tail, boolean live, long limit, Turn turn) {
      this.added = added;
      this.tail = tail;
      this.live = live;
      this.limit = limit;
      this.afresh = turn.afresh().isPresent();
      this.thinkNanos = turn.think().orElse(Duration.ZERO).toNanos();
      this.spacingNanos = turn.spacing().orElse(Duration.ZERO).toNanos();
    }

    /** The messages that it adds, each behind a comma; afresh, all that goes before its tail. */
    byte[] added() {
      return added;
    }

    /** What goes behind the messages. */
    byte[] tail() {
      return tail;
    }

    /** Whether nothing of what was said before is in it. */
    boolean afresh() {
      return afresh;
    }

    boolean live() {
      return live;
    }

    /** The most tokens that it may be answered with; 0 for any. */
    long limit() {
      return limit;
    }

    /** When it is due, after a turn that was due and answered then. */
    long due(long before, long answered) {
      return Math.max(answered + thinkNanos, before + spacingNanos);
    }
  }

  private EncodedTurns(OpenBody first, List<Later> later) {
    this.first = first;
    this.later = List.copyOf(later);
  }

  static EncodedTurns of(RequestShape shape, String model, Prompt prompt) {
    OpenBody first = RequestBodies.open(shape, model, prompt);
    byte[] tail = first.tail();
    List<Later> later = new ArrayList<>();
    for (Turn turn : prompt.later()) {
      Prompt limited = prompt.withMaxTokens(turn.maxTokens().or(prompt::maxTokens));
      long limit = shape.tokenLimit(limited.maxTokens());
      if (turn.afresh().isPresent()) {
        OpenBody whole =
            RequestBodies.open(
                shape,
                model,
                limited.withContent(new PromptContent.Messages(turn.messages(), Optional.empty())));
        later.add(new Later(whole.head(), whole.tail(), false, limit, turn));
      } else {
        byte[] own =
            turn.maxTokens().isEmpty() ? tail : RequestBodies.open(shape, model, limited).tail();
        later.add(new Later(added(turn), own, turn.live(), limit, turn));
      }
    }
    return new EncodedTurns(first, later);
  }

  private static byte[] added(Turn turn) {
    ByteArrayOutputStream added = new ByteArrayOutputStream();
    turn.recorded().ifPresent(said -> said.forEach(message -> add(message, added)));
    turn.messages().forEach(message -> add(message, added));
    return added.toByteArray();
  }

  private static void add(JsonNode message, ByteArrayOutputStream added) {
    try {
      added.write(',');
      added.writeBytes(Json.MAPPER.writeValueAsBytes(message));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  OpenBody first() {
    return first;
  }

  List<Later> later() {
    return later;
  }
}
