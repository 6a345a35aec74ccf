package io.streamgauge.deploy.options;

import io.streamgauge.common.PlanException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Several numbers in one option: {@code 1,2,4}, or {@code 1..64} from the first, by doubling. */
final class NumberList {
  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d{1,20}(\\.\\d{1,20})?");
  private static final String RANGE = "..";
  private static final int MOST = 100;

  /**
   * Those of a text, in its order.
   *
   * @param what they are, e.g. {@code whole numbers}
   */
  static List<Double> parse(String field, String text, String what) {
    String expected = "%s such as 8, 1,2,4 or 1..64 (doubling)".formatted(what);
    List<Double> all = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      int dots = part.indexOf(RANGE);
      if (dots < 0) {
        all.add(number(field, text, part, expected));
      } else {
        double to = number(field, text, part.substring(dots + RANGE.length()), expected);
        double from = number(field, text, part.substring(0, dots), expected);
        if (from <= 0 || from >= to) {
          throw new PlanException(field, text, "a range from above 0 to more than that");
        }
        for (double next = from; next < to && all.size() <= MOST; next *= 2) {
          all.add(next);
        }
        all.add(to);
      }
    }
    if (all.size() > MOST || all.stream().distinct().count() < all.size()) {
      throw new PlanException(field, text, "at most %d numbers, each of them once".formatted(MOST));
    }
    return all;
  }

  private static double number(String field, String text, String part, String expected) {
    if (!NUMBER.matcher(part).matches()) {
      throw new PlanException(field, text, expected);
    }
    return Double.parseDouble(part);
  }

  private NumberList() {}
}
