package io.streamgauge.agent.stream.http;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of HTML as the error page of a proxy needs. */
final class Html {
  private static final int READ = 16 << 10;
  private static final Pattern PAGE =
      Pattern.compile("<(!doctype html|html|head|title|body|center|h1)\\b");
  private static final Pattern TITLE =
      Pattern.compile("<title[^>]*>([^<]*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern UNSEEN =
      Pattern.compile(
          "<(script|style)\\b.*?</\\1>|<!--.*?-->", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern TAG = Pattern.compile("<[^>]*>");

  static boolean looksLike(String text) {
    return text.startsWith("<") && PAGE.matcher(beginning(text).toLowerCase(Locale.ROOT)).find();
  }

  /** The title of the page; without one, its text. */
  static String summary(String text) {
    String page = beginning(text);
    Matcher title = TITLE.matcher(page);
    if (title.find() && !title.group(1).isBlank()) {
      return unescape(title.group(1));
    }
    return unescape(TAG.matcher(UNSEEN.matcher(page).replaceAll(" ")).replaceAll(" "));
  }

  private static String beginning(String text) {
    return text.substring(0, Math.min(text.length(), READ));
  }

  private static String unescape(String text) {
    return text.replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  private Html() {}
}
