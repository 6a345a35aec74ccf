package io.streamgauge.agent.stream.scan;

import io.streamgauge.agent.stream.delta.Delta;
import io.streamgauge.agent.stream.delta.UsageTree;

/** Reads the server's token counts of a chunk. */
final class UsageScan {
  private static final byte[] PROMPT_TOKENS = JsonScanner.name("prompt_tokens");
  private static final byte[] COMPLETION_TOKENS = JsonScanner.name("completion_tokens");
  private static final byte[] REASONING_TOKENS = JsonScanner.name("reasoning_tokens");
  private static final byte[] CACHED_TOKENS = JsonScanner.name("cached_tokens");
  private static final byte[] PROMPT_DETAILS = JsonScanner.name("prompt_tokens_details");
  private static final byte[] COMPLETION_DETAILS = JsonScanner.name("completion_tokens_details");
  private static final byte[] TOTAL_TOKENS = JsonScanner.name("total_tokens");

  private final JsonScanner in;

  UsageScan(JsonScanner in) {
    this.in = in;
  }

  void read(Delta into) {
    if (in.takeNull()) {
      return;
    }
    int prompt = -1;
    int completion = -1;
    int reasoning = -1;
    int detailed = -1;
    int cached = -1;
    int total = -1;
    int seen = 0;
    in.enterObject();
    while (in.nextKey()) {
      if (in.keyIs(PROMPT_TOKENS)) {
        seen = in.once(seen, 1);
        prompt = in.takeCount();
      } else if (in.keyIs(COMPLETION_TOKENS)) {
        seen = in.once(seen, 1 << 1);
        completion = in.takeCount();
      } else if (in.keyIs(REASONING_TOKENS)) {
        seen = in.once(seen, 1 << 2);
        reasoning = in.takeCount();
      } else if (in.keyIs(COMPLETION_DETAILS)) {
        seen = in.once(seen, 1 << 3);
        detailed = countIn(REASONING_TOKENS);
      } else if (in.keyIs(PROMPT_DETAILS)) {
        seen = in.once(seen, 1 << 4);
        cached = countIn(CACHED_TOKENS);
      } else if (in.keyIs(TOTAL_TOKENS)) {
        seen = in.once(seen, 1 << 5);
        total = in.takeCount();
      } else {
        in.giveUp();
      }
    }
    int told = detailed >= 0 ? detailed : reasoning;
    into.usage(prompt, completion, UsageTree.among(prompt, completion, told, total), cached);
  }

  private int countIn(byte[] key) {
    int count = -1;
    if (in.takeNull()) {
      return count;
    }
    int seen = 0;
    in.enterObject();
    while (in.nextKey()) {
      if (in.keyIs(key)) {
        seen = in.once(seen, 1);
        count = in.takeCount();
      } else {
        in.skipValue();
      }
    }
    return count;
  }
}
