package io.streamgauge.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * What the tool says of one successful request, from its {@code _requests.csv}. A quote within a
 * cell is dropped, as none of the cells wanted here has one.
 */
record RequestRow(String id, double dueMillis, double sentMillis, double ttftMillis) {
  /** The successful requests of a file, in the file's order. */
  static List<RequestRow> parse(List<String> lines) {
    List<String> header = cells(lines.getFirst());
    int id = header.indexOf("request_id");
    int due = header.indexOf("due_ms");
    int sent = header.indexOf("sent_ms");
    int ttft = header.indexOf("ttft_ms");
    int outcome = header.indexOf("outcome");
    if (Math.min(Math.min(id, due), Math.min(Math.min(sent, ttft), outcome)) < 0) {
      throw new BenchException("a requests file with other columns: " + header);
    }
    return lines.stream()
        .skip(1)
        .map(RequestRow::cells)
        .filter(cells -> cells.get(outcome).equals("ok"))
        .map(
            cells ->
                new RequestRow(
                    cells.get(id),
                    Double.parseDouble(cells.get(due)),
                    Double.parseDouble(cells.get(sent)),
                    Double.parseDouble(cells.get(ttft))))
        .toList();
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
