package io.streamgauge.controller.workload.tokenizer;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Loads the native code of the tokenizers, once. It is loaded without the library's own loader,
 * because that keeps a folder in the user's home and asks the network for other builds.
 */
final class NativeTokenizers {
  private static boolean loaded;

  @SuppressWarnings("restricted") // the launcher lets native code in
  static synchronized void load() throws IOException {
    if (loaded) {
      return;
    }
    String name = System.mapLibraryName("tokenizers");
    String resource = "/native/lib/%s/cpu/%s".formatted(platform(), name);
    try (InputStream in = TokenizersLibrary.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("no native code for " + platform() + " comes with this build");
      }
      Path folder = Files.createTempDirectory("streamgauge-");
      Path file = folder.resolve(name);
      try {
        Files.copy(in, file);
        System.load(file.toAbsolutePath().toString());
        loaded = true;
      } finally { // what is loaded stays loaded
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    }
  }

  private static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch");
    return "%s-%s"
        .formatted(
            os.startsWith("mac") ? "osx" : os.startsWith("windows") ? "win" : "linux",
            arch.equals("amd64") ? "x86_64" : arch);
  }

  private NativeTokenizers() {}
}
