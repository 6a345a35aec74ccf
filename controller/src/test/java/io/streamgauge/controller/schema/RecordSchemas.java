package io.streamgauge.controller.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.json.Json;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON Schemas of what Jackson writes of our types, with a definition for each record. Names, types
 * and what may be absent come from the types themselves; {@link SchemaNotes} add words and bounds.
 * Integers are counts unless their note says otherwise.
 */
final class RecordSchemas {
  private static final SerializationConfig JACKSON = Json.MAPPER.getSerializationConfig();
  private static final Map<Class<?>, String> SIMPLE =
      Map.of(
          Integer.class, "integer",
          Long.class, "integer",
          Double.class, "number",
          Boolean.class, "boolean",
          String.class, "string",
          ObjectNode.class, "object",
          ArrayNode.class, "array");

  private final ObjectNode definitions = Json.MAPPER.createObjectNode();
  private final Map<String, JavaType> types = new HashMap<>();
  private final SchemaNotes notes;
  private final boolean optional;

  /**
   * @param optional whether any field may be absent, as in what users write; else those that the
   *     types say
   */
  RecordSchemas(SchemaNotes notes, boolean optional) {
    this.notes = notes;
    this.optional = optional;
  }

  /** The definitions of these types and of all that they are made of, by name. */
  ObjectNode of(Class<?>... roots) {
    Arrays.stream(roots).forEach(type -> defined(Json.MAPPER.constructType(type)));
    notes.complete(definitions);
    return definitions;
  }

  private ObjectNode schema(JavaType type) {
    Class<?> raw = type.getRawClass();
    String simple = SIMPLE.get(MethodType.methodType(raw).wrap().returnType());
    if (simple != null) {
      ObjectNode schema = typed(simple);
      return simple.equals("integer") ? schema.put("minimum", 0) : schema;
    }
    if (type.isReferenceType()) {
      return schema(type.getReferencedType());
    }
    if (raw.isEnum()) {
      return words(raw);
    }
    if (type.isMapLikeType()) {
      ObjectNode value = schema(type.getContentType());
      return value.isEmpty() ? typed("object") : typed("object").set("additionalProperties", value);
    }
    if (type.isContainerType()) {
      ObjectNode array = typed("array");
      array.set("items", schema(type.getContentType()));
      return Set.class.isAssignableFrom(raw) ? array.put("uniqueItems", true) : array;
    }
    if (raw == Object.class) {
      return Json.MAPPER.createObjectNode();
    }
    AnnotatedMember value = JACKSON.introspect(type).findJsonValueAccessor();
    return value == null || value.getType().getRawClass().isRecord()
        ? defined(type)
        : notes.onType(raw.getSimpleName(), schema(value.getType()));
  }

  private static ObjectNode words(Class<?> type) {
    ObjectNode schema = Json.MAPPER.createObjectNode();
    ArrayNode words = schema.putArray("enum");
    for (Object word : type.getEnumConstants()) {
      words.add(Json.MAPPER.<JsonNode>valueToTree(word));
    }
    return schema;
  }

  private ObjectNode defined(JavaType type) {
    String name = type.getRawClass().getSimpleName();
    JavaType known = types.putIfAbsent(name, type);
    if (known != null && !known.equals(type)) {
      throw new IllegalStateException("two types of one name: %s and %s".formatted(known, type));
    }
    if (known == null) {
      definitions.putObject(name); // keeps its place before those of its fields
      definitions.set(name, notes.onType(name, definition(name, type)));
    }
    return Json.MAPPER.createObjectNode().put("$ref", name);
  }

  /** Nothing where a type writes itself: then its notes say all. */
  private ObjectNode definition(String name, JavaType type) {
    BeanDescription bean = JACKSON.introspect(type);
    AnnotatedMember value = bean.findJsonValueAccessor();
    if (type.isEnumType()) {
      return words(type.getRawClass());
    }
    if (value != null) {
      return object(name, JACKSON.introspect(value.getType()));
    }
    return type.getRawClass().isRecord() ? object(name, bean) : Json.MAPPER.createObjectNode();
  }

  private ObjectNode object(String name, BeanDescription bean) {
    ObjectNode object = typed("object");
    ArrayNode required = object.putArray("required");
    object.put("additionalProperties", false);
    add(name, bean, object.putObject("properties"), required);
    if (optional || required.isEmpty()) {
      object.remove("required");
    }
    return object;
  }

  private void add(String name, BeanDescription bean, ObjectNode fields, ArrayNode required) {
    boolean nulls =
        bean.findPropertyInclusion(JACKSON.getDefaultPropertyInclusion()).getValueInclusion()
            == JsonInclude.Include.ALWAYS;
    for (BeanPropertyDefinition property : inOrder(bean)) {
      AnnotatedMember member = property.getAccessor();
      JavaType type = member.getType();
      if (member.hasAnnotation(JsonUnwrapped.class)) {
        add(type.getRawClass().getSimpleName(), JACKSON.introspect(type), fields, required);
      } else if (!notes.absent(name, property.getName())) {
        ObjectNode schema = schema(type);
        boolean missing = type.isReferenceType() || nullable(member);
        if (missing && nulls) {
          JsonNode usual = schema.remove("type");
          schema.putArray("type").add(usual).add("null");
        }
        put(name, property.getName(), schema, nulls || !missing, fields, required);
      }
    }
    if (bean.findAnyGetter() != null) {
      JavaType value = bean.findAnyGetter().getType().getContentType();
      notes
          .further(name, fields)
          .forEach((key, sure) -> put(name, key, schema(value), sure, fields, required));
    }
  }

  private void put(
      String type,
      String field,
      ObjectNode schema,
      boolean sure,
      ObjectNode fields,
      ArrayNode required) {
    fields.set(field, notes.onField(type, field, schema));
    if (sure) {
      required.add(field);
    }
  }

  /** The components as the record has them, then whatever else it shows. */
  private static List<BeanPropertyDefinition> inOrder(BeanDescription bean) {
    List<String> components =
        Arrays.stream(bean.getBeanClass().getRecordComponents())
            .map(RecordComponent::getName)
            .toList();
    return bean.findProperties().stream()
        .filter(property -> property.getAccessor() != null)
        .sorted(
            Comparator.comparing(
                    (BeanPropertyDefinition property) ->
                        !components.contains(property.getInternalName()))
                .thenComparing(property -> components.indexOf(property.getInternalName()))
                .thenComparing(BeanPropertyDefinition::getName))
        .toList();
  }

  private static boolean nullable(AnnotatedMember member) {
    return switch (member.getMember()) {
      case Field field -> field.getAnnotatedType().isAnnotationPresent(Nullable.class);
      case Method method -> method.getAnnotatedReturnType().isAnnotationPresent(Nullable.class);
      default -> throw new IllegalStateException("neither field nor method: " + member);
    };
  }

  private static ObjectNode typed(String type) {
    return Json.MAPPER.createObjectNode().put("type", type);
  }
}
