package io.streamgauge.deploy.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Pictures of a page for those who look at it. */
public final class Pictures {
  private static final Optional<String> FOLDER =
      Optional.ofNullable(System.getProperty("pictures")).filter(name -> !name.equals("docs"));
  private static final int[] WIDTHS = {360, 1280, 2560};
  private static final int HIGHEST = 6_000;

  private static final Path DOCUMENTATION = Path.of("../docs/images");
  private static final int WIDTH = 1_000;

  /** With {@code -Dpictures=FOLDER} a state of the page goes there, in all widths and themes. */
  public static void take(Browser browser, String name) {
    FOLDER.ifPresent(
        folder -> {
          for (int width : WIDTHS) {
            for (boolean dark : new boolean[] {false, true}) {
              browser.look(width, 800, dark);
              int height = browser.eval("document.documentElement.scrollHeight").asInt();
              browser.look(width, Math.min(height, HIGHEST), dark);
              String theme = dark ? "dark" : "light";
              write(browser, Path.of(folder, "%s_%d_%s.png".formatted(name, width, theme)));
            }
          }
        });
  }

  /** One of the documentation's, so high. */
  public static void document(Browser browser, String name, int height) {
    browser.look(WIDTH, height, false);
    write(browser, DOCUMENTATION.resolve(name + ".png"));
  }

  private static void write(Browser browser, Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, browser.picture());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Pictures() {}
}
