package io.streamgauge.agent.metrics;

import io.streamgauge.common.engine.EngineSample;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Samples that are not handed over yet: of bounded size, so that a controller that does not answer
 * costs samples and no memory. Filled by one thread, drained by another.
 */
public final class EngineBuffer {
  /** Two minutes. */
  private static final int MOST = 120;

  private final Deque<EngineSample> samples = new ArrayDeque<>();
  private long dropped;

  /** The oldest gives way. */
  synchronized void add(EngineSample sample) {
    if (samples.size() == MOST) {
      samples.removeFirst();
      dropped++;
    }
    samples.addLast(sample);
  }

  /** Takes everything out. */
  public synchronized Content drain() {
    Content content = new Content(new ArrayList<>(samples), dropped);
    samples.clear();
    dropped = 0;
    return content;
  }

  /** What was in it, and how many samples were given up before. */
  public record Content(List<EngineSample> samples, long dropped) {
    public Content {
      samples = List.copyOf(samples);
    }

    public boolean empty() {
      return samples.isEmpty() && dropped == 0;
    }
  }
}
