package io.streamgauge.controller.workload;

import io.streamgauge.common.dataset.synthetic.TokenCounter;
import io.streamgauge.controller.workload.tokenizer.Tokenizer;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Counts by a tokenizer in place of the server, which counts two prompts alone: one tells what the
 * chat template adds, the other whether it is the server's tokenizer.
 */
final class TokenizerCounter implements TokenCounter {
  private static final double OFF = 0.01;

  /** So many texts are some hundred tokens, which any server takes. */
  private static final int SOME = 12;

  private final Tokenizer tokenizer;
  private final TokenCounter server;
  private final Consumer<String> notes;
  private OptionalInt template = OptionalInt.empty();

  TokenizerCounter(Tokenizer tokenizer, TokenCounter server, Consumer<String> notes) {
    this.tokenizer = tokenizer;
    this.server = server;
    this.notes = notes;
  }

  @Override
  public List<Integer> count(List<String> texts) {
    int around = template.orElseGet(() -> look(texts));
    template = OptionalInt.of(around);
    return tokenizer.count(texts).stream().map(tokens -> tokens + around).toList();
  }

  private int look(List<String> texts) {
    List<String> probes = List.of(texts.getFirst(), some(texts));
    List<Integer> served = server.count(probes);
    List<Integer> own = tokenizer.count(probes);
    int around = served.getFirst() - own.getFirst();
    int expected = own.getLast() + around;
    if (Math.abs(served.getLast() - expected) > OFF * expected) {
      notes.accept(
          String.format(
              Locale.ROOT,
              "the tokenizer does not fit the server: of one text it makes %d tokens, the server"
                  + " %d; prompts will not have their lengths",
              expected,
              served.getLast()));
    }
    return around;
  }

  /** From all over the list, because languages follow on each other in it. */
  private static String some(List<String> texts) {
    int step = Math.max(1, texts.size() / SOME);
    return IntStream.range(0, Math.min(SOME, texts.size()))
        .mapToObj(i -> texts.get(i * step))
        .collect(Collectors.joining());
  }
}
