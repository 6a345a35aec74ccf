package io.streamgauge.common.measure;

import io.streamgauge.common.Seeds;
import java.util.HexFormat;

/**
 * Under which ids a run's requests are known to those who trace them (W3C Trace Context). They
 * follow from the run and the request's own id, so that whoever sends a request and whoever tells a
 * collector of it later name the same.
 *
 * @param run its number among all runs, the first half of each trace's id
 */
public record RequestTraces(long run) {
  private static final long FNV_BASIS = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  /** In hexadecimal digits. */
  public record Ids(String trace, String span) {
    /** The header's value, by which a server's own spans join; the trace is to be recorded. */
    public String traceparent() {
      return "00-" + trace + "-" + span + "-01";
    }
  }

  public Ids of(String requestId) {
    long request = number(requestId);
    HexFormat digits = HexFormat.of();
    return new Ids(
        digits.toHexDigits(run) + digits.toHexDigits(Seeds.derive(request, "trace", 0)),
        digits.toHexDigits(Seeds.derive(request, "span", 0)));
  }

  /** FNV-1a of 64 bits: each request sent costs one. */
  private static long number(String requestId) {
    long number = FNV_BASIS;
    for (int i = 0; i < requestId.length(); i++) {
      number = (number ^ requestId.charAt(i)) * FNV_PRIME;
    }
    return number;
  }
}
