package io.streamgauge.controller.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Points by equal spans of one of their columns, from zero to {@code most}: how many lie in each,
 * and of another column their median and the greatest.
 */
final class Spans {
  private final double step;
  private final int spans;
  private final Column by;
  private final IntPredicate taken;

  /** Of those points alone that are {@code taken}. */
  Spans(Column by, double most, int spans, IntPredicate taken) {
    this.step = Math.max(1, most) / spans;
    this.spans = spans;
    this.by = by;
    this.taken = taken;
  }

  double step() {
    return step;
  }

  private int of(int point) {
    return Math.clamp((long) (by.get(point) / step), 0, spans - 1);
  }

  /** How many of them there are in each span. */
  void count(ArrayNode json, IntPredicate which) {
    for (int size : sizes(which)) {
      json.add(size);
    }
  }

  private int[] sizes(IntPredicate which) {
    int[] sizes = new int[spans];
    for (int i = 0; i < by.size(); i++) {
      if (taken.test(i) && which.test(i)) {
        sizes[of(i)]++;
      }
    }
    return sizes;
  }

  void spread(ObjectNode json, String name, Column values) {
    IntPredicate known = i -> !Double.isNaN(values.get(i));
    double[][] parts = Arrays.stream(sizes(known)).mapToObj(double[]::new).toArray(double[][]::new);
    int[] filled = new int[spans];
    for (int i = 0; i < by.size(); i++) {
      if (taken.test(i) && known.test(i)) {
        parts[of(i)][filled[of(i)]++] = values.get(i);
      }
    }
    ArrayNode median = json.putArray(name + "_p50");
    ArrayNode greatest = json.putArray(name + "_max");
    for (double[] part : parts) {
      Arrays.sort(part);
      Column.put(median, part.length == 0 ? Column.NOTHING : part[(part.length - 1) / 2]);
      Column.put(greatest, part.length == 0 ? Column.NOTHING : part[part.length - 1]);
    }
  }
}
