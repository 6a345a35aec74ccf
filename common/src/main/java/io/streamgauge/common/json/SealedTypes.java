package io.streamgauge.common.json;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.util.Arrays;
import java.util.stream.Stream;

/** Jackson 2 does not find the subtypes of a sealed type by itself: this registers them by name. */
public final class SealedTypes {
  /** A copy of {@code mapper} that knows every record under {@code sealed} by its simple name. */
  public static ObjectMapper register(ObjectMapper mapper, Class<?> sealed) {
    ObjectMapper copy = mapper.copy();
    leaves(sealed)
        .forEach(type -> copy.registerSubtypes(new NamedType(type, type.getSimpleName())));
    return copy;
  }

  /** The concrete types below a sealed one. */
  public static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(SealedTypes::leaves)
        : Stream.of(type);
  }

  private SealedTypes() {}
}
