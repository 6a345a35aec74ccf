package io.streamgauge.common.plan.request;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.Seeds;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Several models in one load, written {@code A,B} for even shares or {@code A@0.8,B@0.2}. Which
 * request asks for which is a function of the seed and the request's index alone.
 *
 * @param upTo the share of each model and of those before it
 */
public record ModelMix(List<String> names, List<Double> upTo) {
  private static final Pattern SHARED =
      Pattern.compile("(?<name>.+)@(?<share>[0-9]{0,9}\\.?[0-9]{1,9})%?");
  private static final String EXPECTED =
      "names of models that differ, as A,B, or all with shares that add up to 1, as A@0.8,B@0.2";

  /** 2^64 divided by the golden ratio: its multiples keep the shares also among few requests. */
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private static final int UNUSED_BITS = 11;

  public ModelMix {
    names = List.copyOf(names);
    upTo = List.copyOf(upTo);
  }

  /**
   * Empty where a text names one model, whatever is in its name but a comma.
   *
   * @throws PlanException when the names or their shares do not do
   */
  public static Optional<ModelMix> of(String text) {
    if (!text.contains(",")) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    List<BigDecimal> shares = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Matcher shared = SHARED.matcher(part.strip());
      boolean has = shared.matches();
      names.add(has ? shared.group("name") : part.strip());
      if (has) {
        shares.add(new BigDecimal(shared.group("share")));
      }
    }
    Set<String> distinct = new HashSet<>(names);
    boolean even = shares.isEmpty();
    BigDecimal all = shares.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    boolean whole =
        shares.size() == names.size()
            && shares.stream().allMatch(share -> share.signum() > 0)
            && all.compareTo(BigDecimal.ONE) == 0;
    if (distinct.size() < names.size() || distinct.contains("") || !(even || whole)) {
      throw new PlanException(
          "model",
          text,
          EXPECTED
              + (even
                  ? ""
                  : "; these are shares of %d of %d models".formatted(shares.size(), names.size())
                      + ", %s in all".formatted(all.toPlainString())));
    }
    List<Double> upTo = new ArrayList<>();
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < names.size(); i++) {
      sum = even ? sum : sum.add(shares.get(i));
      upTo.add(even ? (i + 1.0) / names.size() : sum.doubleValue());
    }
    return Optional.of(new ModelMix(names, upTo));
  }

  /** The place of the model that request {@code index} asks for. */
  public int modelOf(long seed, long index) {
    double place = ((Seeds.derive(seed, "models", 0) + index * STEP) >>> UNUSED_BITS) * 0x1p-53;
    int model = 0;
    while (model < names.size() - 1 && place >= upTo.get(model)) {
      model++;
    }
    return model;
  }
}
