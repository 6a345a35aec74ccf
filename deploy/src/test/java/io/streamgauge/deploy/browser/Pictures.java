package io.streamgauge.deploy.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Pictures of a page for those who look at it: with {@code -Dpictures=FOLDER} each state in three
 * widths and both themes, with {@code -Dpictures=docs} the small ones of the documentation.
 */
public final class Pictures {
  private static final Optional<String> WANTED =
      Optional.ofNullable(System.getProperty("pictures"));
  private static final int[] WIDTHS = {360, 1280, 2560};
  private static final int WIDTH = 1000;

  /** Takes a state of a page; {@code docs} is how high its picture for the documentation is. */
  public static void take(Browser browser, String name, int docs) {
    WANTED.ifPresent(
        folder -> {
          if (folder.equals("docs")) {
            write(browser, Path.of("../docs/images/" + name + ".png"), WIDTH, docs, false);
          } else {
            for (int width : WIDTHS) {
              for (boolean dark : new boolean[] {false, true}) {
                browser.look(width, 800, dark);
                int height = browser.eval("document.documentElement.scrollHeight").asInt();
                String file = "%s_%d_%s.png".formatted(name, width, dark ? "dark" : "light");
                write(browser, Path.of(folder, file), width, Math.min(height, 6_000), dark);
              }
            }
          }
        });
  }

  private static void write(Browser browser, Path file, int width, int height, boolean dark) {
    browser.look(width, height, dark);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, browser.picture());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Pictures() {}
}
