package io.streamgauge.agent.stream.scan;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.agent.stream.ByteScan;
import io.streamgauge.agent.stream.Done;
import io.streamgauge.agent.stream.delta.Delta;
import io.streamgauge.agent.stream.delta.DeltaReader;
import io.streamgauge.agent.stream.delta.JsonDeltaReader;
import io.streamgauge.agent.stream.delta.UsageTree;

/**
 * Reads the events that servers send all day in one pass over the bytes, without allocating, and
 * leaves every other to a {@link JsonDeltaReader}: escaped or repeated keys, errors, values of
 * another type than expected, whatever is not strictly valid JSON.
 */
public final class ScanDeltaReader implements DeltaReader {
  private static final byte[] CHOICES = name("choices");
  private static final byte[] USAGE = name("usage");
  private static final byte[] ERROR = name("error");
  private static final byte[] OBJECT = name("object");
  private static final byte[] DELTA = name("delta");
  private static final byte[] TEXT = name("text");
  private static final byte[] FINISH_REASON = name("finish_reason");
  private static final byte[] CONTENT = name("content");
  private static final byte[] REASONING_CONTENT = name("reasoning_content");
  private static final byte[] REASONING = name("reasoning");
  private static final byte[] REFUSAL = name("refusal");
  private static final byte[] ROLE = name("role");
  private static final byte[] TOOL_CALLS = name("tool_calls");
  private static final byte[] FUNCTION_CALL = name("function_call");
  private static final byte[] FUNCTION = name("function");
  private static final byte[] NAME = name("name");
  private static final byte[] ARGUMENTS = name("arguments");
  private static final byte[] ID = name("id");
  private static final byte[] TYPE = name("type");
  private static final byte[] PROMPT_TOKENS = name("prompt_tokens");
  private static final byte[] COMPLETION_TOKENS = name("completion_tokens");
  private static final byte[] REASONING_TOKENS = name("reasoning_tokens");
  private static final byte[] CACHED_TOKENS = name("cached_tokens");
  private static final byte[] PROMPT_DETAILS = name("prompt_tokens_details");
  private static final byte[] COMPLETION_DETAILS = name("completion_tokens_details");
  private static final byte[] TOTAL_TOKENS = name("total_tokens");
  private static final byte[] LOGPROBS = name("logprobs");
  private static final byte[] RROR = name("rror");
  private static final byte[] CEPTION = name("ception");

  /** First letters of keys that may tell of an error, of an end or of usage. */
  private static final byte[] TELLING = name("eEfFbx");

  private final JsonScanner in = new JsonScanner();
  private final EventShape shape = new EventShape();
  private final DeltaReader careful = new JsonDeltaReader();
  private int textStart;
  private int textEnd;

  @Override
  public void read(byte[] data, int offset, int length, Delta into) {
    if (!scan(data, offset, length, into)) {
      careful.read(data, offset, length, into);
      learn(data, offset, length, into);
    }
  }

  /** What a parser found in an event is where its like have it too. */
  private void learn(byte[] data, int offset, int length, Delta read) {
    String text = read.onlyText();
    if (text != null && read.isTextAlone() && read.unknownField() == null) {
      byte[] quoted = ('"' + text + '"').getBytes(UTF_8);
      int at = ByteScan.only(quoted, data, offset, offset + length);
      int end = at + quoted.length - 1;
      if (at >= 0 && end + 1 < offset + length && data[end + 1] != ':' && data[end + 1] != ' ') {
        shape.keep(data, offset, length, at + 1, end, read.kinds());
      }
    }
  }

  /** Whether the event was an ordinary one; if not, {@code into} holds nothing of use. */
  public boolean scan(byte[] data, int offset, int length, Delta into) {
    into.clear();
    if (Done.is(data, offset, length)) {
      into.end();
      return true;
    }
    if (shape.fits(data, offset, length)
        && in.isText(data, shape.textStart(offset), shape.textEnd(offset, length))) {
      into.add(shape.kinds());
      return true;
    }
    in.open(data, offset, length);
    event(into);
    if (in.finished() && into.isTextAlone()) {
      shape.keep(data, offset, length, textStart, textEnd, into.kinds());
    }
    return in.finished();
  }

  private void event(Delta into) {
    int seen = 0;
    boolean choices = false;
    in.enterObject();
    while (in.nextKey()) {
      if (in.keyIs(CHOICES)) {
        seen = once(seen, 1);
        choices = choices(into);
      } else if (in.keyIs(USAGE)) {
        seen = once(seen, 1 << 1);
        usage(into);
      } else if (in.keyIs(OBJECT)) {
        seen = once(seen, 1 << 2);
        if (in.takePlainText() && in.keyIs(ERROR)) {
          in.giveUp();
        }
      } else if (in.keyIs(ERROR)) {
        seen = once(seen, 1 << 3);
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
        seen = once(seen, 1);
        delta = delta(into);
      } else if (in.keyIs(TEXT)) {
        seen = once(seen, 1 << 1);
        text(into, Delta.TEXT);
      } else if (in.keyIs(FINISH_REASON)) {
        seen = once(seen, 1 << 2);
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
        seen = once(seen, Delta.CONTENT);
        text(into, Delta.CONTENT);
      } else if (in.keyIs(REASONING_CONTENT)) {
        seen = once(seen, Delta.REASONING_CONTENT);
        text(into, Delta.REASONING_CONTENT);
      } else if (in.keyIs(REASONING)) {
        seen = once(seen, Delta.REASONING);
        text(into, Delta.REASONING);
      } else if (in.keyIs(REFUSAL)) {
        seen = once(seen, Delta.REFUSAL);
        text(into, Delta.REFUSAL);
      } else if (in.keyIs(ROLE)) {
        seen = once(seen, Delta.ROLE);
        text(into, Delta.ROLE);
      } else if (in.keyIs(TOOL_CALLS)) {
        seen = once(seen, Delta.TOOL_CALLS);
        toolCalls(into);
      } else if (in.keyIs(FUNCTION_CALL)) {
        seen = once(seen, Delta.FUNCTION_CALL);
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
          seen = once(seen, 1);
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
        seen = once(seen, 1);
        text(into, kind);
      } else if (in.keyIs(ARGUMENTS)) {
        seen = once(seen, 1 << 1);
        text(into, kind);
      } else if (in.holdsText()) {
        in.giveUp();
      } else {
        in.skipValue();
      }
    }
  }

  private void usage(Delta into) {
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
        seen = once(seen, 1);
        prompt = in.takeCount();
      } else if (in.keyIs(COMPLETION_TOKENS)) {
        seen = once(seen, 1 << 1);
        completion = in.takeCount();
      } else if (in.keyIs(REASONING_TOKENS)) {
        seen = once(seen, 1 << 2);
        reasoning = in.takeCount();
      } else if (in.keyIs(COMPLETION_DETAILS)) {
        seen = once(seen, 1 << 3);
        detailed = countIn(REASONING_TOKENS);
      } else if (in.keyIs(PROMPT_DETAILS)) {
        seen = once(seen, 1 << 4);
        cached = countIn(CACHED_TOKENS);
      } else if (in.keyIs(TOTAL_TOKENS)) {
        seen = once(seen, 1 << 5);
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
        seen = once(seen, 1);
        count = in.takeCount();
      } else {
        in.skipValue();
      }
    }
    return count;
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

  /** A repeated key is left to the parser, where the last one wins. */
  private int once(int seen, int key) {
    if ((seen & key) != 0) {
      in.giveUp();
    }
    return seen | key;
  }

  private static byte[] name(String key) {
    return key.getBytes(US_ASCII);
  }
}
