package io.streamgauge.agent.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.engine.EnginePages;
import io.streamgauge.agent.engine.EnginePages.Page;
import io.streamgauge.agent.engine.kind.ServedEngine;
import io.streamgauge.common.engine.CacheReset;
import java.time.Duration;
import java.util.Optional;

/** Empties the prefix cache of an engine that this host has started, each kind in its own way. */
final class PrefixCache {
  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  /** No llama.cpp here serves more; one that claims to is not asked for each. */
  private static final int MOST_SLOTS = 256;

  /** A server that others use too is left as it is. Blocks for some seconds at most. */
  static CacheReset reset(EnginePages pages, Optional<ServedEngine> own) {
    if (own.isEmpty()) {
      return CacheReset.notPossible("this run did not start the server");
    }
    return switch (own.get().kind()) {
      case VLLM -> vllm(pages);
      case SGLANG -> call(pages, "/flush_cache");
      case LLAMACPP -> llamaCpp(pages);
      case SIM -> CacheReset.notPossible("the simulated engine has no prefix cache");
    };
  }

  private static CacheReset vllm(EnginePages pages) {
    Optional<Page> page = post(pages, "/reset_prefix_cache");
    return page.filter(answer -> answer.status() == NOT_FOUND).isPresent()
        ? CacheReset.notPossible(
            "POST /reset_prefix_cache: 404; vLLM has it in development mode alone"
                + " (VLLM_SERVER_DEV_MODE=1)")
        : outcome("/reset_prefix_cache", page);
  }

  private static CacheReset call(EnginePages pages, String path) {
    return outcome(path, post(pages, path));
  }

  /** Emptying twice does no harm, so where the connection broke off it is tried once more. */
  private static Optional<Page> post(EnginePages pages, String path) {
    long start = System.nanoTime();
    Optional<Page> page = pages.post(path, LIMIT);
    return page.isEmpty() && System.nanoTime() - start < LIMIT.toNanos()
        ? pages.post(path, LIMIT)
        : page;
  }

  private static CacheReset outcome(String path, Optional<Page> page) {
    return page.map(
            answer ->
                answer.status() == OK
                    ? CacheReset.done("POST " + path)
                    : CacheReset.notPossible(
                        "POST %s: %d %s".formatted(path, answer.status(), answer.start()).strip()))
        .orElseGet(
            () ->
                CacheReset.notPossible(
                    "POST %s: no answer within %d s".formatted(path, LIMIT.toSeconds())));
  }

  /** Slot after slot; the first that is not erased tells why. */
  private static CacheReset llamaCpp(EnginePages pages) {
    int slots =
        pages
            .get("/props", LIMIT)
            .flatMap(Page::json)
            .map((JsonNode props) -> props.path("total_slots").asInt())
            .orElse(0);
    if (slots < 1 || slots > MOST_SLOTS) {
      return CacheReset.notPossible(
          "GET /props: total_slots is %d, expected 1 to %d".formatted(slots, MOST_SLOTS));
    }
    long end = System.nanoTime() + LIMIT.toNanos();
    for (int slot = 0; slot < slots; slot++) {
      String path = "/slots/%d?action=erase".formatted(slot);
      CacheReset one = call(pages, path);
      if (!one.done()) {
        return one;
      }
      if (System.nanoTime() > end) {
        return CacheReset.notPossible(
            "POST %s: only %d of %d slots within %d s"
                .formatted(path, slot + 1, slots, LIMIT.toSeconds()));
      }
    }
    return CacheReset.done("POST /slots/N?action=erase, %d slots".formatted(slots));
  }

  private PrefixCache() {}
}
