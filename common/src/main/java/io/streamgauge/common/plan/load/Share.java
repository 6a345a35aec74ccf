package io.streamgauge.common.plan.load;

import io.streamgauge.common.plan.Level;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One agent's lanes of a level: {@code count} lanes from lane {@code first}, of {@code lanes} in
 * the whole fleet.
 */
public record Share(int first, int count, int lanes) {
  public Share {
    if (first < 0 || count < 1 || first + count > lanes) {
      throw new IllegalArgumentException(
          "lanes %d..%d of %d".formatted(first, first + count - 1, lanes));
    }
  }

  public List<Lane> all() {
    return IntStream.range(first, first + count).mapToObj(k -> new Lane(k, lanes)).toList();
  }

  /** Connections that these lanes need at once; of an open loop nobody knows that beforehand. */
  public int connections(Level level) {
    return switch (level.load()) {
      case ClosedLoop closed -> {
        int users =
            (int) Math.min(closed.concurrency(), level.extent().requests().orElse(Long.MAX_VALUE));
        yield all().stream().mapToInt(lane -> lane.part(users)).sum();
      }
      case OpenLoop _ -> 0;
    };
  }
}
