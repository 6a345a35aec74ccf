package io.streamgauge.agent.stream.delta;

import io.streamgauge.agent.stream.OneLine;
import io.streamgauge.agent.stream.http.ErrorBody;
import org.jspecify.annotations.Nullable;

/**
 * What one event of a stream says: which kinds of text it carries, how the answer ended, what it
 * cost. Filled again and again by a {@link DeltaReader}. Of several choices in one event any
 * counts.
 */
public final class Delta {
  public static final int CONTENT = 1;
  public static final int TEXT = 1 << 1;
  public static final int REASONING = 1 << 2;
  public static final int REASONING_CONTENT = 1 << 3;
  public static final int TOOL_CALLS = 1 << 4;
  public static final int FUNCTION_CALL = 1 << 5;
  public static final int REFUSAL = 1 << 6;
  public static final int ROLE = 1 << 7;
  static final int MESSAGE = 1 << 8;

  private static final int ANY_CONTENT = CONTENT | TEXT;
  private static final int ANY_REASONING = REASONING | REASONING_CONTENT;
  private static final int ANY_TOOL_CALL = TOOL_CALLS | FUNCTION_CALL;
  private static final int ANY_ANSWER = ANY_CONTENT | ANY_TOOL_CALL | REFUSAL;
  private static final int ANY_TOKEN = ANY_ANSWER | ANY_REASONING;
  private static final int LONGEST_PATH = 80;

  private int kinds;
  private @Nullable String finishReason;
  private boolean hasUsage;
  private int promptTokens;
  private int completionTokens;
  private int reasoningTokens;
  private int cachedTokens;
  private @Nullable String error;
  private @Nullable String malformed;
  private @Nullable String stranger;
  private @Nullable String unknownField;
  private boolean unknownText;
  private int found;
  private @Nullable String onlyText;
  private boolean done;
  private final ChunkText.Finder texts;
  private final ChunkText.Finder finder =
      new ChunkText.Finder() {
        @Override
        public void text(TextKind kind, String text) {
          add(bit(kind));
          onlyText = ++found == 1 ? text : null;
          texts.text(kind, text);
        }

        @Override
        public void unknown(String path, boolean text) {
          unknownField = unknownField == null ? OneLine.of(path, LONGEST_PATH) : unknownField;
          unknownText |= text;
        }
      };

  public Delta() {
    this((_, _) -> {});
  }

  /** Hands on the texts of the events that a parser reads into it. */
  Delta(ChunkText.Finder texts) {
    this.texts = texts;
    clear();
  }

  /** Non-empty answer text, such as {@code delta.content} or {@code text}. */
  public boolean content() {
    return (kinds & ANY_CONTENT) != 0;
  }

  /** Non-empty thinking text, such as {@code reasoning_content} or {@code reasoning}. */
  public boolean reasoning() {
    return (kinds & ANY_REASONING) != 0;
  }

  /** A fragment of a tool call with a function's name or arguments in it. */
  public boolean toolCall() {
    return (kinds & ANY_TOOL_CALL) != 0;
  }

  public boolean refusal() {
    return (kinds & REFUSAL) != 0;
  }

  /** Whether the event carries what the model generated: the only events that count as chunks. */
  public boolean tokenBearing() {
    return (kinds & ANY_TOKEN) != 0;
  }

  /** Whether the event carries anything but thinking of what the model generated. */
  public boolean answer() {
    return (kinds & ANY_ANSWER) != 0;
  }

  /** Opens an answer and says no more: a role, no text and no end. */
  public boolean roleOnly() {
    return (kinds & ROLE) != 0 && !tokenBearing() && finishReason == null;
  }

  /** One of the constants of {@link FinishReasons} where it is known, else the server's text. */
  public @Nullable String finishReason() {
    return finishReason;
  }

  public boolean hasUsage() {
    return hasUsage;
  }

  /** The server's count, or -1. */
  public int promptTokens() {
    return promptTokens;
  }

  /** The server's count, or -1. */
  public int completionTokens() {
    return completionTokens;
  }

  /** The server's count of thinking among the completion tokens, or -1. */
  public int reasoningTokens() {
    return reasoningTokens;
  }

  /** The server's count of prompt tokens found in its cache, or -1. */
  public int cachedTokens() {
    return cachedTokens;
  }

  /** The message of an error that came as an event. */
  public @Nullable String error() {
    return error;
  }

  /** What an event holds that is neither a known chunk nor a known keep-alive. */
  public @Nullable String stranger() {
    return stranger;
  }

  /** Where a chunk holds something under a name that is not known. */
  public @Nullable String unknownField() {
    return unknownField;
  }

  /** Whether a chunk bears nothing that is known, but a text under a name that is not. */
  public boolean unknownText() {
    return unknownText && !tokenBearing();
  }

  /** Whether the text is that of a whole message, which may repeat what came before. */
  public boolean message() {
    return (kinds & MESSAGE) != 0;
  }

  /** Whether this was {@code [DONE]}, or the event by which another API ends an answer. */
  public boolean done() {
    return done;
  }

  /** Whether the payload was damaged JSON; all else is then empty. */
  public boolean malformed() {
    return malformed != null;
  }

  /** What is wrong with a malformed payload. */
  public @Nullable String problem() {
    return malformed;
  }

  public void clear() {
    error = null;
    malformed = null;
    stranger = null;
    unknownField = null;
    unknownText = false;
    found = 0;
    onlyText = null;
    done = false;
    kinds = 0;
    finishReason = null;
    usage(false, -1, -1, -1, -1);
  }

  ChunkText.Finder finder() {
    return finder;
  }

  boolean saysAnything() {
    return (kinds & ~MESSAGE) != 0 || finishReason != null || hasUsage || done;
  }

  void stranger(String holds) {
    stranger = OneLine.of(holds, ErrorBody.LONGEST);
  }

  private static int bit(TextKind kind) {
    return switch (kind) {
      case TEXT -> CONTENT;
      case REASONING -> REASONING;
      case TOOL -> TOOL_CALLS;
      case REFUSAL -> REFUSAL;
      case NONE, UNKNOWN -> 0;
    };
  }

  public int kinds() {
    return kinds;
  }

  /** Whether the event bears tokens and neither ends the answer nor counts it. */
  public boolean isTextAlone() {
    return tokenBearing() && finishReason == null && !hasUsage && error == null && !done;
  }

  /** The text of an event in which a parser found but one. */
  public @Nullable String onlyText() {
    return onlyText;
  }

  public void add(int moreKinds) {
    kinds |= moreKinds;
  }

  public void finish(@Nullable String reason) {
    finishReason = reason == null ? finishReason : reason;
  }

  public void usage(int prompt, int completion, int reasoning, int cached) {
    usage(true, prompt, completion, reasoning, cached);
  }

  void fail(String message) {
    error = message;
  }

  void reject(String problem) {
    clear();
    malformed = problem;
  }

  public void end() {
    done = true;
  }

  private void usage(boolean given, int prompt, int completion, int reasoning, int cached) {
    hasUsage = given;
    promptTokens = prompt;
    completionTokens = completion;
    reasoningTokens = reasoning;
    cachedTokens = cached;
  }

  @Override
  public String toString() {
    return ("Delta[content=%s, reasoning=%s, toolCall=%s, refusal=%s, roleOnly=%s, finish=%s,"
            + " usage=%s %d+%d reasoning %d cached %d, error=%s, malformed=%s, stranger=%s,"
            + " unknown=%s, done=%s]")
        .formatted(
            content(),
            reasoning(),
            toolCall(),
            refusal(),
            roleOnly(),
            finishReason,
            hasUsage,
            promptTokens,
            completionTokens,
            reasoningTokens,
            cachedTokens,
            error,
            malformed,
            stranger,
            unknownField,
            done);
  }
}
