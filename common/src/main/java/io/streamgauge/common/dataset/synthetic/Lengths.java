package io.streamgauge.common.dataset.synthetic;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.streamgauge.common.PlanException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many tokens texts have: a law, written {@code 512}, {@code uniform:256:1024}, {@code
 * normal:512:64} (mean, standard deviation), {@code lognormal:512:0.5} (median, standard deviation
 * of the logarithm), or pairs of input and output with their shares, {@code
 * 1024/128@0.7,8192/1024@0.3}.
 */
public record Lengths(Law law) {
  private static final String EXPECTED =
      "a length, uniform:FROM:TO, normal:MEAN:STDDEV, lognormal:MEDIAN:SIGMA or pairs IN/OUT@SHARE";
  private static final int MOST = 10_000_000;
  private static final String NUMBER = "(\\d{1,9}(?:\\.\\d{1,9})?)";
  private static final Pattern FIXED = Pattern.compile("(\\d{1,9})");
  private static final Pattern SPREAD = Pattern.compile("([a-z]+):(\\d{1,9}):" + NUMBER);
  private static final Pattern PAIR = Pattern.compile("(\\d{1,9})/(\\d{1,9})(?:@" + NUMBER + ")?");

  /** What a length is drawn from. */
  sealed interface Law {
    record Fixed(int tokens) implements Law {}

    /** Each whole number between both, and these, equally often. */
    record Uniform(int from, int to) implements Law {}

    record Normal(int mean, double stddev) implements Law {}

    record Lognormal(int median, double sigma) implements Law {}

    record Pairs(List<Pair> all) implements Law {
      public Pairs {
        all = List.copyOf(all);
      }
    }
  }

  record Pair(int input, int output, double share) {}

  /** A length that was drawn, and the one of its answer where they come in pairs. */
  public record Drawn(int tokens, Optional<Integer> output) {}

  public static Lengths parse(String text) {
    Matcher fixed = FIXED.matcher(text);
    if (fixed.matches()) {
      return new Lengths(new Law.Fixed(tokens(text, fixed.group(1))));
    }
    Matcher spread = SPREAD.matcher(text);
    return new Lengths(spread.matches() ? spread(text, spread) : pairs(text));
  }

  private static Law spread(String text, Matcher parts) {
    int first = tokens(text, parts.group(2));
    double second = Double.parseDouble(parts.group(3));
    return switch (parts.group(1)) {
      case "uniform" -> {
        int to = tokens(text, parts.group(3));
        if (to < first) {
          throw new PlanException("length", text, "uniform:FROM:TO with TO not below FROM");
        }
        yield new Law.Uniform(first, to);
      }
      case "normal" -> new Law.Normal(first, second);
      case "lognormal" -> {
        if (second > 5) {
          throw new PlanException("length", text, "lognormal:MEDIAN:SIGMA with SIGMA up to 5");
        }
        yield new Law.Lognormal(first, second);
      }
      default -> throw wrong(text);
    };
  }

  private static Law pairs(String text) {
    List<Pair> pairs = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Matcher pair = PAIR.matcher(part);
      if (!pair.matches()) {
        throw wrong(text);
      }
      double share = pair.group(3) == null ? 1 : Double.parseDouble(pair.group(3));
      if (share <= 0) {
        throw new PlanException("length", text, "shares above 0");
      }
      pairs.add(new Pair(tokens(text, pair.group(1)), tokens(text, pair.group(2)), share));
    }
    return new Law.Pairs(pairs);
  }

  private static int tokens(String text, String digits) {
    if (!FIXED.matcher(digits).matches()) {
      throw wrong(text);
    }
    int tokens = Integer.parseInt(digits);
    if (tokens < 1 || tokens > MOST) {
      throw new PlanException("length", text, "lengths from 1 to " + MOST + " tokens");
    }
    return tokens;
  }

  private static PlanException wrong(String text) {
    return new PlanException("length", text, EXPECTED);
  }

  /** Whether it tells the lengths of answers, too. */
  public boolean paired() {
    return law instanceof Law.Pairs;
  }

  /** The next length; what a law would draw outside of 1 to ten million is moved there. */
  public Drawn draw(RandomGenerator random) {
    return switch (law) {
      case Law.Fixed(int tokens) -> alone(tokens);
      case Law.Uniform(int from, int to) -> alone(random.nextInt(from, to + 1));
      case Law.Normal(int mean, double stddev) -> alone(mean + stddev * random.nextGaussian());
      case Law.Lognormal(int median, double sigma) ->
          alone(median * Math.exp(sigma * random.nextGaussian()));
      case Law.Pairs(List<Pair> all) -> pair(all, random);
    };
  }

  private static Drawn alone(double tokens) {
    return new Drawn((int) Math.clamp(Math.rint(tokens), 1, MOST), Optional.empty());
  }

  private static Drawn pair(List<Pair> all, RandomGenerator random) {
    double point = random.nextDouble() * all.stream().mapToDouble(Pair::share).sum();
    for (Pair pair : all) {
      point -= pair.share();
      if (point < 0) {
        return new Drawn(pair.input(), Optional.of(pair.output()));
      }
    }
    return new Drawn(all.getLast().input(), Optional.of(all.getLast().output()));
  }

  /** As in plans: a number, or a law's written form. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Lengths of(Object written) {
    return parse(String.valueOf(written));
  }

  @JsonValue
  Object written() {
    return law instanceof Law.Fixed(int tokens) ? tokens : text();
  }

  public String text() {
    return switch (law) {
      case Law.Fixed(int tokens) -> String.valueOf(tokens);
      case Law.Uniform(int from, int to) -> "uniform:%d:%d".formatted(from, to);
      case Law.Normal(int mean, double stddev) -> "normal:%d:%s".formatted(mean, number(stddev));
      case Law.Lognormal(int median, double sigma) ->
          "lognormal:%d:%s".formatted(median, number(sigma));
      case Law.Pairs(List<Pair> all) ->
          String.join(
              ",",
              all.stream()
                  .map(p -> "%d/%d@%s".formatted(p.input(), p.output(), number(p.share())))
                  .toList());
    };
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.valueOf((long) value)
        : String.format(Locale.ROOT, "%.9f", value).replaceFirst("0+$", "");
  }
}
