package io.streamgauge.common.dataset;

import java.util.HashSet;
import java.util.Set;

/** Gives each prompt an id of its own: other people's files have some more than once. */
public final class OwnIds {
  private final Set<String> taken = new HashSet<>();
  private int count;

  /** The prompt with its id, behind which stands its place among all if another has that id. */
  public Prompt own(Prompt prompt) {
    count++;
    if (taken.add(prompt.id())) {
      return prompt;
    }
    String id = prompt.id() + "#" + count;
    while (!taken.add(id)) {
      id += "'";
    }
    return prompt.withId(id);
  }
}
