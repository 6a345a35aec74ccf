package io.streamgauge.controller.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Arrays;

/** Numbers that become more and more; {@link #NOTHING} stands where there is none. */
final class Column {
  static final double NOTHING = Double.NaN;

  private static final int FIRST = 1_024;
  private static final double DECIMALS = 1_000;

  private float[] values = new float[FIRST];
  private int size;

  void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = (float) value;
  }

  int size() {
    return size;
  }

  double get(int i) {
    return values[i];
  }

  double least() {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      least = values[i] < least ? values[i] : least;
    }
    return least;
  }

  double greatest() {
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      greatest = values[i] > greatest ? values[i] : greatest;
    }
    return greatest;
  }

  ArrayNode json() {
    ArrayNode json = JsonNodeFactory.instance.arrayNode(size);
    for (int i = 0; i < size; i++) {
      put(json, values[i]);
    }
    return json;
  }

  /** To three decimals, because more of them make a page large and no point finer. */
  static void put(ArrayNode json, double value) {
    double rounded = Math.round(value * DECIMALS) / DECIMALS;
    if (Double.isNaN(value)) {
      json.addNull();
    } else if (rounded == Math.rint(rounded)) {
      json.add((long) rounded);
    } else {
      json.add(rounded);
    }
  }
}
