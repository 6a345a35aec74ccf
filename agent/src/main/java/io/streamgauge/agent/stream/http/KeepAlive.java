package io.streamgauge.agent.stream.http;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * For how many requests and how long between two of them a server keeps a connection, as far as it
 * says so ({@code Keep-Alive: timeout=5, max=100}).
 *
 * @param requests that may still follow, or in all: some servers count down and some repeat
 * @param idleNanos without a request
 */
public record KeepAlive(long requests, long idleNanos) {
  /** A server that says nothing sets no limit. */
  public static final KeepAlive UNSAID = new KeepAlive(Long.MAX_VALUE, Long.MAX_VALUE);

  private static final Pattern LIMIT = Pattern.compile("(timeout|max)\\s*=\\s*\"?(\\d{1,9})\"?");

  /** Of the time that is announced, so much is used: the rest is for the request's way. */
  private static final long USED_NANOS_OF_SECOND = 800_000_000;

  static KeepAlive parse(String field) {
    long requests = UNSAID.requests;
    long idle = UNSAID.idleNanos;
    Matcher limit = LIMIT.matcher(field.toLowerCase(Locale.ROOT));
    while (limit.find()) {
      long number = Long.parseLong(limit.group(2));
      if (limit.group(1).equals("max")) {
        requests = number;
      } else {
        idle = number * USED_NANOS_OF_SECOND;
      }
    }
    return new KeepAlive(requests, idle);
  }

  /** Whether another request may follow the {@code carried} ones. */
  public boolean allowsMore(long carried) {
    return requests > 0 && idleNanos > 0 && carried < requests;
  }

  /**
   * What holds after another answer. The number of requests is the one that was said first, because
   * who counts down has counted the answered ones off; one that leaves no more holds at once.
   */
  public KeepAlive then(KeepAlive next) {
    return new KeepAlive(
        next.requests == 0 || requests == UNSAID.requests ? next.requests : requests,
        next.idleNanos == UNSAID.idleNanos ? idleNanos : next.idleNanos);
  }
}
