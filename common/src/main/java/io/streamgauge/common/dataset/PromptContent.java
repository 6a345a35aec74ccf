package io.streamgauge.common.dataset;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.PlanException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * What a prompt says. Trees that it holds are its own: nobody may change them. In JSON a text is a
 * text, token ids are a list of numbers, and the others are objects: {@code {"messages", "tools"}}
 * and {@code {"body"}}.
 */
public sealed interface PromptContent {
  /** One text: the user's message, or what is to be completed or embedded. */
  record Text(String text) implements PromptContent {
    public Text {
      if (text.isBlank()) {
        throw new PlanException("prompt", Shown.text(text), "a text that is not blank");
      }
    }

    @Override
    public PromptContent beginningWith(String mark) {
      return new Text(mark + text);
    }

    @Override
    public JsonNode json() {
      return JsonNodeFactory.instance.textNode(text);
    }
  }

  /** A conversation as OpenAI's chat API has it, with what it may call. */
  record Messages(ArrayNode messages, Optional<ArrayNode> tools) implements PromptContent {
    public Messages {
      checkMessages("messages", messages);
      messages = messages.deepCopy();
      tools = tools.map(ArrayNode::deepCopy);
    }

    @Override
    public String text() {
      return MessageText.last(messages);
    }

    @Override
    public PromptContent beginningWith(String mark) {
      return new Messages(MessageText.beginningWith(messages, mark), tools);
    }

    @Override
    public JsonNode json() {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.set("messages", messages);
      tools.ifPresent(list -> json.set("tools", list));
      return json;
    }
  }

  /** A whole body for the plan's endpoint, sent as it is but for the model and the streaming. */
  record Body(ObjectNode body) implements PromptContent {
    public Body {
      if (body.isEmpty()) {
        throw new PlanException("body", "{}", "a body of the endpoint");
      }
      body = body.deepCopy();
    }

    @Override
    public String text() {
      if (body.get("messages") instanceof ArrayNode messages && !messages.isEmpty()) {
        return MessageText.last(messages);
      }
      JsonNode prompt =
          body.path("prompt").isMissingNode() ? body.path("input") : body.get("prompt");
      return prompt.isTextual() ? prompt.textValue() : prompt.toString();
    }

    @Override
    public PromptContent beginningWith(String mark) {
      ObjectNode marked = body.deepCopy();
      if (marked.get("messages") instanceof ArrayNode messages) {
        marked.set("messages", MessageText.beginningWith(messages, mark));
      }
      for (String field : List.of("prompt", "input")) {
        if (marked.path(field).isTextual()) {
          marked.put(field, mark + marked.get(field).textValue());
        }
      }
      return new Body(marked);
    }

    @Override
    public JsonNode json() {
      return JsonNodeFactory.instance.objectNode().set("body", body);
    }
  }

  /** Token ids of the model's own tokenizer. */
  record Tokens(List<Integer> ids) implements PromptContent {
    public Tokens {
      ids = List.copyOf(ids);
      if (ids.isEmpty()) {
        throw new PlanException("token ids", "[]", "one token or more");
      }
    }

    @Override
    public String text() {
      return ids.size() + " token ids";
    }

    /** The mark cannot be put into tokens here: another token goes before them. */
    @Override
    public PromptContent beginningWith(String mark) {
      List<Integer> marked = new ArrayList<>(ids);
      marked.addFirst(ids.getLast());
      return new Tokens(marked);
    }

    @Override
    public JsonNode json() {
      ArrayNode json = JsonNodeFactory.instance.arrayNode();
      ids.forEach(json::add);
      return json;
    }
  }

  /** What people are shown of it. */
  String text();

  /** The same with another beginning, so that no cache of prefixes helps. */
  PromptContent beginningWith(String mark);

  @JsonValue
  JsonNode json();

  static void checkMessages(String field, ArrayNode messages) {
    if (messages.isEmpty()) {
      throw new PlanException(field, "[]", "one message or more");
    }
    checkRoles(field, messages);
  }

  static void checkRoles(String field, ArrayNode messages) {
    for (JsonNode message : messages) {
      if (!message.path("role").isTextual()) {
        throw new PlanException(field, Shown.value(message), "objects with a role");
      }
    }
  }

  /** What the hash of a workload is taken over. */
  default String hashed() {
    return this instanceof Text(String text) ? text : json().toString();
  }

  /** What {@link #json} wrote. */
  @JsonCreator
  static PromptContent of(JsonNode json) {
    return switch (json) {
      case ArrayNode ids ->
          new Tokens(
              StreamSupport.stream(ids.spliterator(), false).map(JsonNode::intValue).toList());
      case ObjectNode object when object.get("body") instanceof ObjectNode body -> new Body(body);
      case ObjectNode object when object.get("messages") instanceof ArrayNode messages ->
          new Messages(
              messages,
              object.get("tools") instanceof ArrayNode tools
                  ? Optional.of(tools)
                  : Optional.empty());
      default -> new Text(json.asText());
    };
  }
}
