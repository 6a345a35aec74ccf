package io.streamgauge.controller.page;

import java.util.Map;
import java.util.Objects;

/** A page with places such as {@code {{style}}}. */
public final class Template {
  /** Each place once: what was put in is not looked through again. */
  public static String fill(String page, Map<String, String> parts) {
    StringBuilder filled = new StringBuilder();
    int from = 0;
    for (int open = page.indexOf("{{"); open >= 0; open = page.indexOf("{{", from)) {
      int close = page.indexOf("}}", open);
      filled
          .append(page, from, open)
          .append(Objects.requireNonNull(parts.get(page.substring(open + 2, close))));
      from = close + 2;
    }
    return filled.append(page, from, page.length()).toString();
  }

  private Template() {}
}
