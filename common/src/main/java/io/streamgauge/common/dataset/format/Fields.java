package io.streamgauge.common.dataset.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.Shown;
import io.streamgauge.common.dataset.row.Occasion;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of one row by the names that formats give them. What is null is absent; of a table,
 * whose cells are texts, also what is blank.
 *
 * @param number of the row, from 1
 * @param names what fields are called in this file, where not as usual
 * @param table whether numbers are written as texts
 * @param asked takes the names, as in the file, of the fields that were looked for
 */
public record Fields(
    int number, JsonNode row, Map<String, String> names, boolean table, Set<String> asked) {
  private static final long MILLISECOND = 1_000_000;

  /** Whether the row has the field, of any value; this is no look for what it says. */
  public boolean has(String name) {
    return row.has(inFile(name));
  }

  public boolean hasArray(String name) {
    return row.path(inFile(name)).isArray();
  }

  public Optional<JsonNode> find(String name) {
    String own = inFile(name);
    asked.add(own);
    return Optional.ofNullable(row.get(own))
        .filter(value -> !value.isNull())
        .filter(value -> !table || !value.asText().isBlank());
  }

  public JsonNode get(String name, String expected) {
    return find(name).orElseThrow(() -> new PlanException(inFile(name), "nothing", expected));
  }

  public ArrayNode array(String name) {
    JsonNode value = get(name, "a list");
    if (value instanceof ArrayNode array) {
      return array;
    }
    throw wrong(name, value, "a list");
  }

  public Optional<String> text(String name) {
    return find(name)
        .map(
            value -> {
              if (!value.isTextual() && !value.isNumber()) {
                throw wrong(name, value, "a text or a number");
              }
              return value.asText();
            });
  }

  public Optional<Integer> tokens(String name) {
    return find(name).map(value -> tokens(inFile(name), value, table));
  }

  public int needTokens(String name) {
    return tokens(inFile(name), get(name, "a whole number of 0 or more"), table);
  }

  /** A number of units of so many nanoseconds each. */
  public Optional<Long> nanos(String name, long unit) {
    BigDecimal most = BigDecimal.valueOf(Long.MAX_VALUE / 2 / unit); // so that differences fit, too
    return find(name)
        .map(
            value -> {
              BigDecimal number = number(inFile(name), value, table);
              if (number.abs().compareTo(most) > 0) {
                throw wrong(name, value, "a number of at most " + most);
              }
              return number.multiply(BigDecimal.valueOf(unit)).longValue();
            });
  }

  /** What many formats have: {@code timestamp} and {@code delay} in ms, and {@code session_id}. */
  Occasion occasion() {
    return new Occasion(
        nanos("timestamp", MILLISECOND), nanos("delay", MILLISECOND), text("session_id"));
  }

  /** Ids of blocks; absent where the row has none. */
  public Optional<List<Long>> ids(String name) {
    return find(name).map(_ -> ids(inFile(name), array(name)));
  }

  static List<Long> ids(String name, Iterable<JsonNode> values) {
    List<Long> ids = new ArrayList<>();
    for (JsonNode id : values) {
      if (!id.isIntegralNumber() || !id.canConvertToLong()) {
        throw new PlanException(name, Shown.value(id), "whole numbers");
      }
      ids.add(id.longValue());
    }
    return ids;
  }

  static int tokens(String name, JsonNode value, boolean table) {
    BigDecimal number = number(name, value, table);
    if (number.signum() < 0
        || number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0
        || number.stripTrailingZeros().scale() > 0) {
      throw new PlanException(name, Shown.value(value), "a whole number of 0 or more");
    }
    return number.intValue();
  }

  static BigDecimal number(String name, JsonNode value, boolean table) {
    if (value.isNumber() && Double.isFinite(value.doubleValue())) {
      return value.decimalValue();
    }
    try {
      if (table) {
        return new BigDecimal(value.asText().strip());
      }
    } catch (NumberFormatException _) {
      // No number: the message below says so.
    }
    throw new PlanException(name, Shown.value(value), "a number");
  }

  PlanException wrong(String name, JsonNode value, String expected) {
    return new PlanException(inFile(name), Shown.value(value), expected);
  }

  private String inFile(String name) {
    return names.getOrDefault(name, name);
  }
}
