package io.streamgauge.common.secret;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells by its name whether a value is secret: of an option, a variable, a header, a field or a
 * part of a query. A name that counts tokens, or leads to a file or a variable with the secret, is
 * no such name.
 */
public final class SecretNames {
  private static final Pattern BREAK =
      Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
  private static final Set<String> WORDS =
      Set.of("key", "keys", "token", "secret", "secrets", "password", "signature", "credentials");

  /** So often a part of a harmless name that they count at a name's end alone. */
  private static final Set<String> LAST = Set.of("auth", "pass", "pwd", "pw", "sig", "hft", "pat");

  private static final Pattern JOINED =
      Pattern.compile(
          "apikey|passw|passphrase|secret|credential|authtoken|accesskey|accesstoken|privatekey"
              + "|authkey|authori[sz]ation|cookie|bearer|hftoken|hubtoken|securitytoken|sessiontoken"
              + "|subscriptionkey");

  private static final Set<String> HARMLESS_ENDS =
      Set.of(
          "file",
          "files",
          "keyfile",
          "certfile",
          "path",
          "dir",
          "env",
          "header",
          "field",
          "name",
          "count",
          "limit",
          "type",
          "dtype",
          "len",
          "length",
          "size",
          "ids",
          "mode");

  /** Long options of engines; their parsers take any beginning of one that is no other's. */
  private static final List<String> OPTIONS =
      List.of("--api-key", "--admin-api-key", "--hf-token", "--ssl-keyfile-password");

  private static final int SHORTEST_BEGINNING = "--ap".length();

  /** Whether what has this name is secret. */
  public static boolean secret(String name) {
    List<String> words = BREAK.splitAsStream(name.strip()).toList();
    String last = words.isEmpty() ? "" : words.getLast().toLowerCase(Locale.ROOT);
    if (HARMLESS_ENDS.contains(last)) {
      return false;
    }
    if (last.equals("id") || last.equals("index")) {
      return JOINED.matcher(squeezed(name)).find();
    }
    for (String word : words) {
      if (WORDS.contains(word.toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return LAST.contains(last) || JOINED.matcher(squeezed(name)).find();
  }

  /** The same of an option of a command, which may be cut short. */
  static boolean secretOption(String option) {
    String name = option.replace('_', '-').toLowerCase(Locale.ROOT);
    boolean beginning =
        name.length() >= SHORTEST_BEGINNING
            && OPTIONS.stream()
                .anyMatch(one -> one.startsWith(name) && !"--ssl-keyfile".startsWith(name));
    return beginning || secret(option);
  }

  private static String squeezed(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
  }

  private SecretNames() {}
}
