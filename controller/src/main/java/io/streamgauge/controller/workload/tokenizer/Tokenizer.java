package io.streamgauge.controller.workload.tokenizer;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A model's tokenizer, in native memory until it is closed. */
public final class Tokenizer implements AutoCloseable {
  private final long handle;

  private Tokenizer(long handle) {
    this.handle = handle;
  }

  /** One in the form of {@code tokenizer.json}. */
  static Tokenizer of(String json) throws IOException {
    NativeTokenizers.load();
    long handle = TokenizersLibrary.LIB.createTokenizerFromString(json);
    TokenizersLibrary.LIB.disableTruncation(handle);
    TokenizersLibrary.LIB.disablePadding(handle);
    return new Tokenizer(handle);
  }

  /** How many tokens each text has, without those that a model wants around it. */
  public List<Integer> count(List<String> texts) {
    List<Integer> counts = new ArrayList<>();
    for (String text : texts) {
      long encoding = TokenizersLibrary.LIB.encode(handle, text, false);
      counts.add(TokenizersLibrary.LIB.getTokenIds(encoding).length);
      TokenizersLibrary.LIB.deleteEncoding(encoding);
    }
    return counts;
  }

  @Override
  public void close() {
    TokenizersLibrary.LIB.deleteTokenizer(handle);
  }
}
