package io.streamgauge.common.engine;

import java.util.Locale;

/** What engines tell of themselves on their metrics page, under one name for all of them. */
public enum EngineQuantity {
  /** Requests that are being served. */
  RUNNING(Kind.GAUGE),
  /** Requests that the engine has taken but not begun. */
  WAITING(Kind.GAUGE),
  /** Share of the KV cache in use, 0 to 1. */
  KV_CACHE_USE(Kind.GAUGE),
  /** Requests that had to give up their place for others. */
  PREEMPTIONS(Kind.COUNTER),
  /** Prompt tokens that were looked for in the prefix cache. */
  PREFIX_CACHE_QUERIES(Kind.COUNTER),
  /** Of those, the ones that were found. */
  PREFIX_CACHE_HITS(Kind.COUNTER),
  /** Prompt tokens, those from the cache included. */
  PROMPT_TOKENS(Kind.COUNTER),
  GENERATION_TOKENS(Kind.COUNTER),
  /** Sum of all times to the first token, in s. */
  TTFT_SUM(Kind.PART),
  TTFT_COUNT(Kind.PART),
  /** Sum of all times between two tokens, in s. */
  ITL_SUM(Kind.PART),
  ITL_COUNT(Kind.PART);

  /** How a quantity is read. */
  public enum Kind {
    /** As it is at a moment. */
    GAUGE,
    /** By its growth. */
    COUNTER,
    /** By its growth, as a part of a mean. */
    PART
  }

  private final Kind kind;

  EngineQuantity(Kind kind) {
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** Its name in results. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
