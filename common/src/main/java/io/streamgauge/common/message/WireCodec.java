package io.streamgauge.common.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.json.SealedTypes;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Messages as JSON on the wire; within one process they are passed as they are, being immutable.
 */
public final class WireCodec implements MessageCodec<Message, Message> {
  private static final String NAME = "gauge";

  /** Made where messages leave the process or enter it. */
  private static final class Wire {
    static final ObjectMapper MAPPER = SealedTypes.register(Json.MAPPER, Message.class);
  }

  /** Teaches the event bus our messages; once for each {@link Vertx}. */
  public static void register(Vertx vertx) {
    vertx.eventBus().registerCodec(new WireCodec());
  }

  static DeliveryOptions options() {
    return new DeliveryOptions().setCodecName(NAME);
  }

  @Override
  public void encodeToWire(Buffer buffer, Message message) {
    byte[] json = encode(message);
    buffer.appendInt(json.length).appendBytes(json);
  }

  @Override
  public Message decodeFromWire(int position, Buffer buffer) {
    int length = buffer.getInt(position);
    return decode(buffer.getBytes(position + Integer.BYTES, position + Integer.BYTES + length));
  }

  @Override
  public Message transform(Message message) {
    return message;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }

  static byte[] encode(Message message) {
    try {
      return Wire.MAPPER.writerFor(Message.class).writeValueAsBytes(message);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot encode " + message.getClass().getSimpleName(), e);
    }
  }

  static Message decode(byte[] json) {
    try {
      Message message = Wire.MAPPER.readValue(json, Message.class);
      if (message == null) {
        throw new IOException("null");
      }
      return message;
    } catch (IOException e) {
      if (e.getCause() instanceof PlanException wrong) {
        throw wrong;
      }
      return stranger(json)
          .orElseThrow(() -> new UncheckedIOException("not a message of this version", e));
    }
  }

  /**
   * The introduction of an agent whose version knows other fields: unread it would be lost, and
   * nobody would ever learn why the agent is missing.
   */
  private static Optional<Message> stranger(byte[] json) {
    try {
      JsonNode tree = Wire.MAPPER.readTree(json);
      int protocol = tree.path("protocol").asInt(Message.PROTOCOL);
      return tree.path("type").asText().equals(Register.class.getSimpleName())
              && protocol != Message.PROTOCOL
          ? Optional.of(
              new Stranger(
                  protocol,
                  tree.at("/agent/id").asText("unnamed"),
                  tree.at("/agent/version").asText("unknown")))
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
