package io.streamgauge.agent.stream.http;

import io.streamgauge.agent.stream.OneLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The status line and header fields of a response.
 *
 * @param reason the words beside the status, empty where there are none
 * @param fields by name, whatever its case; a field that comes twice is joined by commas
 */
public record ResponseHead(int status, String reason, boolean http11, Map<String, String> fields) {

  /**
   * Reads a head without its closing empty line.
   *
   * @throws MalformedResponseException when it is none
   */
  static ResponseHead parse(String text) {
    List<String> lines = text.lines().toList();
    String first = lines.isEmpty() ? "" : lines.getFirst();
    String[] status = first.split(" ", 3);
    if (status.length < 2 || !status[0].startsWith("HTTP/1.") || !isStatus(status[1])) {
      throw new MalformedResponseException(
          "expected an HTTP/1.1 status line, got \"%s\"".formatted(OneLine.of(first, 80)));
    }
    Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line : unfolded(lines.subList(1, lines.size()))) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new MalformedResponseException(
            "expected a header field, got \"%s\"".formatted(OneLine.of(line, 80)));
      }
      fields.merge(
          line.substring(0, colon).strip(),
          line.substring(colon + 1).strip(),
          (one, two) -> one + ", " + two);
    }
    return new ResponseHead(
        Integer.parseInt(status[1]),
        status.length == 3 ? OneLine.of(status[2], 80) : "",
        status[0].equals("HTTP/1.1"),
        fields);
  }

  /** A line that begins with a blank goes on with the one before it (RFC 9112, 5.2). */
  private static List<String> unfolded(List<String> lines) {
    List<String> whole = new ArrayList<>();
    for (String line : lines) {
      boolean folded = !whole.isEmpty() && (line.startsWith(" ") || line.startsWith("\t"));
      whole.add(folded ? whole.removeLast() + " " + line.strip() : line);
    }
    return whole;
  }

  private static boolean isStatus(String text) {
    return text.length() == 3
        && text.chars().allMatch(c -> c >= '0' && c <= '9')
        && text.charAt(0) >= '1'
        && text.charAt(0) <= '5';
  }

  /** The field's value, empty where there is none. */
  public String field(String name) {
    return fields.getOrDefault(name, "");
  }

  /** Whether the body is compressed, although that was not asked for. */
  public boolean encoded() {
    String coding = field("Content-Encoding");
    return !coding.isEmpty() && !coding.equalsIgnoreCase("identity");
  }

  boolean interim() {
    return status < 200;
  }

  boolean bodiless() {
    return status == 204 || status == 304;
  }

  /**
   * Whether the body comes in chunks.
   *
   * @throws MalformedResponseException when it comes in a coding that was not asked for
   */
  boolean chunked() {
    String coding = once(field("Transfer-Encoding")).toLowerCase(Locale.ROOT);
    if (!coding.isEmpty() && !coding.equals("chunked") && !coding.equals("identity")) {
      throw new MalformedResponseException(
          "Transfer-Encoding: expected chunked, got " + OneLine.of(coding, 80));
    }
    return coding.equals("chunked");
  }

  /** The value of a field that proxies are known to double, where all of them are the same. */
  static String once(String value) {
    List<String> values = List.of(value.split(",", -1));
    for (String each : values) {
      if (!each.strip().equals(values.getFirst().strip())) {
        return value;
      }
    }
    return values.getFirst().strip();
  }

  boolean keepsConnection() {
    String connection = field("Connection").toLowerCase(Locale.ROOT);
    return (http11 ? !connection.contains("close") : connection.contains("keep-alive"))
        && !closesAllTheSame();
  }

  /**
   * llama.cpp closes a connection after each stream, though it says that it keeps it (builds 11434
   * and 11549): a request that comes before that close has come is lost.
   */
  private boolean closesAllTheSame() {
    return chunked() && field("Server").equals("llama.cpp");
  }

  /** How long and for how much more the server says that it keeps the connection. */
  public KeepAlive keepAlive() {
    return KeepAlive.parse(field("Keep-Alive"));
  }
}
