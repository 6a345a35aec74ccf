package io.streamgauge.controller.report.html;

import static io.streamgauge.common.measure.RequestRecord.NONE;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.measure.RequestRecord;

/**
 * How long the gaps between chunks were, by time, as a map of cells. A log holds of each answer the
 * mean of its gaps and not each of them, so an answer's gaps all count as that mean, evenly from
 * its first chunk to its last.
 */
final class GapMap {
  private static final int COLUMNS = 120;
  private static final int FINEST = 1_024;
  private static final int MOST_ROWS = 40;
  private static final double NANOS = 1e6;

  /** Of a burst, whose chunks came in one read, the mean is none; it lies in the lowest row. */
  private static final double LEAST = 0.01;

  private final Column from = new Column();
  private final Column to = new Column();
  private final Column mean = new Column();
  private final Column count = new Column();

  void add(RequestRecord request) {
    if (request.gaps().count() > 0 && request.firstToken() != NONE && request.lastToken() != NONE) {
      from.add(request.firstToken() / NANOS);
      to.add(request.lastToken() / NANOS);
      mean.add(Math.max(LEAST, request.gaps().mean() / NANOS));
      count.add(request.gaps().count());
    }
  }

  /** Over so many ms; nothing where there was no gap. */
  void put(ObjectNode json, double lasted) {
    if (count.size() == 0) {
      return;
    }
    double step = Math.max(1, lasted) / COLUMNS;
    int perTenfold = FINEST;
    while (row(mean.greatest(), perTenfold) - row(mean.least(), perTenfold) >= MOST_ROWS) {
      perTenfold /= 2;
    }
    int lowest = row(mean.least(), perTenfold);
    int rows = row(mean.greatest(), perTenfold) - lowest + 1;
    double[][] cells = new double[COLUMNS][rows];
    double[] sums = new double[COLUMNS];
    for (int i = 0; i < count.size(); i++) {
      int row = row(mean.get(i), perTenfold) - lowest;
      int first = Math.clamp((long) (from.get(i) / step), 0, COLUMNS - 1);
      int last = Math.clamp((long) (to.get(i) / step), first, COLUMNS - 1);
      double each = count.get(i) / (last - first + 1);
      for (int column = first; column <= last; column++) {
        cells[column][row] += each;
        sums[column] += each * mean.get(i);
      }
    }
    write(json.putObject("gap_map"), step, edges(lowest, rows, perTenfold), cells, sums);
  }

  private static void write(
      ObjectNode json, double step, ArrayNode edges, double[][] cells, double[] sums) {
    json.put("step_ms", step);
    json.set("edges", edges);
    ArrayNode means = json.putArray("mean");
    ArrayNode columns = json.putArray("cells");
    for (int column = 0; column < cells.length; column++) {
      ArrayNode one = columns.addArray();
      double all = 0;
      for (double cell : cells[column]) {
        Column.put(one, cell);
        all += cell;
      }
      Column.put(means, all == 0 ? Column.NOTHING : sums[column] / all);
    }
  }

  private static ArrayNode edges(int lowest, int rows, int perTenfold) {
    ArrayNode edges = Json.MAPPER.createArrayNode();
    for (int row = 0; row <= rows; row++) {
      edges.add(Math.pow(10, (double) (lowest + row) / perTenfold)); // those below 1 ms lie close
    }
    return edges;
  }

  private static int row(double millis, int perTenfold) {
    return (int) Math.floor(Math.log10(millis) * perTenfold);
  }
}
