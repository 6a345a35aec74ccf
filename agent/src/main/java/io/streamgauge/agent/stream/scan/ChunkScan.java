package io.streamgauge.agent.stream.scan;

import io.streamgauge.agent.stream.delta.Delta;

/** Reads a chunk of chat or completions of the usual kind in one pass over its bytes. */
final class ChunkScan {
  private static final byte[] CHOICES = JsonScanner.name("choices");
  private static final byte[] USAGE = JsonScanner.name("usage");
  private static final byte[] ERROR = JsonScanner.name("error");
  private static final byte[] OBJECT = JsonScanner.name("object");
  private static final byte[] DELTA = JsonScanner.name("delta");
  private static final byte[] TEXT = JsonScanner.name("text");
  private static final byte[] FINISH_REASON = JsonScanner.name("finish_reason");
  private static final byte[] CONTENT = JsonScanner.name("content");
  private static final byte[] REASONING_CONTENT = JsonScanner.name("reasoning_content");
  private static final byte[] REASONING = JsonScanner.name("reasoning");
  private static final byte[] REFUSAL = JsonScanner.name("refusal");
  private static final byte[] ROLE = JsonScanner.name("role");
  private static final byte[] TOOL_CALLS = JsonScanner.name("tool_calls");
  private static final byte[] FUNCTION_CALL = JsonScanner.name("function_call");
  private static final byte[] FUNCTION = JsonScanner.name("function");
  private static final byte[] NAME = JsonScanner.name("name");
  private static final byte[] ARGUMENTS = JsonScanner.name("arguments");
  private static final byte[] ID = JsonScanner.name("id");
  private static final byte[] TYPE = JsonScanner.name("type");
  private static final byte[] LOGPROBS = JsonScanner.name("logprobs");
  private static final byte[] RROR = JsonScanner.name("rror");
  private static final byte[] CEPTION = JsonScanner.name("ception");

  /** First letters of keys that may tell of an error, of an end or of usage. */
  private static final byte[] TELLING = JsonScanner.name("eEfFbx");

  private final JsonScanner in = new JsonScanner();
  private final UsageScan usage = new UsageScan(in);
  private int textStart;
  private int textEnd;

  /** Whether it was one; if not, {@code into} holds nothing of use. */
  boolean scan(byte[] data, int offset, int length, Delta into) {
    in.open(data, offset, length);
    event(into);
    return in.finished();
  }

  /** Where the last text that was read begins and, with {@link #textEnd}, ends. */
  int textStart() {
    return textStart;
  }

  int textEnd() {
    return textEnd;
  }

  private void event(Delta into) {
    int seen = 0;
    boolean choices = false;
    in.enterObject();
    while (in.nextKey()) {
      if (in.keyIs(CHOICES)) {
        seen = in.once(seen, 1);
        choices = choices(into);
      } else if (in.keyIs(USAGE)) {
        seen = in.once(seen, 1 << 1);
        usage.read(into);
      } else if (in.keyIs(OBJECT)) {
        seen = in.once(seen, 1 << 2);
        if (in.takePlainText() && in.keyIs(ERROR)) {
          in.giveUp();
        }
      } else if (in.keyIs(ERROR)) {
        seen = in.once(seen, 1 << 3);
        expectNull();
      } else if (mayTell()) {
        in.giveUp();
      } else {
        in.skipValue();
      }
    }
    if ((seen & 1) == 0 || (!choices && !into.hasUsage())) {
      in.giveUp();
    }
  }

  /** Whether the key is one that a parser's reader may want to look at in a chunk. */
  private boolean mayTell() {
    return in.keyBeginsWith(TELLING) || in.keyEndsWith(RROR) || in.keyEndsWith(CEPTION);
  }

  /** Whether there is one at least. */
  private boolean choices(Delta into) {
    boolean any = false;
    in.enterArray();
    while (in.nextElement()) {
      choice(into);
      any = true;
    }
    return any;
  }

  private void choice(Delta into) {
    int seen = 0;
    boolean delta = false;
    boolean unsure = false;
    in.enterObject();
    while (in.nextKey()) {
      if (in.keyIs(DELTA)) {
        seen = in.once(seen, 1);
        delta = delta(into);
      } else if (in.keyIs(TEXT)) {
        seen = in.once(seen, 1 << 1);
        text(into, Delta.TEXT);
      } else if (in.keyIs(FINISH_REASON)) {
        seen = in.once(seen, 1 << 2);
        if (in.takePlainText()) {
          into.finish(in.finishReason());
        }
      } else if (in.keyIs(USAGE) || mayTell()) {
        in.giveUp();
      } else {
        unsure |= !in.keyIs(LOGPROBS) && in.holdsText();
        in.skipValue();
      }
    }
    if (unsure && !delta) {
      in.giveUp();
    }
  }

  /** Whether it is one. */
  private boolean delta(Delta into) {
    if (in.takeNull()) {
      return false;
    }
    int seen = 0;
    in.enterObject();
    while (in.nextKey()) {
      if (in.keyIs(CONTENT)) {
        seen = in.once(seen, Delta.CONTENT);
        text(into, Delta.CONTENT);
      } else if (in.keyIs(REASONING_CONTENT)) {
        seen = in.once(seen, Delta.REASONING_CONTENT);
        text(into, Delta.REASONING_CONTENT);
      } else if (in.keyIs(REASONING)) {
        seen = in.once(seen, Delta.REASONING);
        text(into, Delta.REASONING);
      } else if (in.keyIs(REFUSAL)) {
        seen = in.once(seen, Delta.REFUSAL);
        text(into, Delta.REFUSAL);
      } else if (in.keyIs(ROLE)) {
        seen = in.once(seen, Delta.ROLE);
        text(into, Delta.ROLE);
      } else if (in.keyIs(TOOL_CALLS)) {
        seen = in.once(seen, Delta.TOOL_CALLS);
        toolCalls(into);
      } else if (in.keyIs(FUNCTION_CALL)) {
        seen = in.once(seen, Delta.FUNCTION_CALL);
        function(into, Delta.FUNCTION_CALL);
      } else if (in.holdsText() || mayTell()) {
        in.giveUp();
      } else {
        in.skipValue();
      }
    }
    return true;
  }

  private void toolCalls(Delta into) {
    if (in.takeNull()) {
      return;
    }
    in.enterArray();
    while (in.nextElement()) {
      int seen = 0;
      in.enterObject();
      while (in.nextKey()) {
        if (in.keyIs(FUNCTION)) {
          seen = in.once(seen, 1);
          function(into, Delta.TOOL_CALLS);
        } else if (in.holdsText() && !in.keyIs(ID) && !in.keyIs(TYPE)) {
          in.giveUp();
        } else {
          in.skipValue();
        }
      }
    }
  }

  private void function(Delta into, int kind) {
    if (in.takeNull()) {
      return;
    }
    int seen = 0;
    in.enterObject();
    while (in.nextKey()) {
      if (in.keyIs(NAME)) {
        seen = in.once(seen, 1);
        text(into, kind);
      } else if (in.keyIs(ARGUMENTS)) {
        seen = in.once(seen, 1 << 1);
        text(into, kind);
      } else if (in.holdsText()) {
        in.giveUp();
      } else {
        in.skipValue();
      }
    }
  }

  private void text(Delta into, int kind) {
    if (in.takeText()) {
      into.add(kind);
      textStart = in.textStart();
      textEnd = in.textEnd();
    }
  }

  private void expectNull() {
    if (!in.takeNull()) {
      in.giveUp();
    }
  }
}
