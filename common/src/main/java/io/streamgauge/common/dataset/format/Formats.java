package io.streamgauge.common.dataset.format;

import io.streamgauge.common.PlanException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The formats that there are, and which of them a row is of. */
public final class Formats {
  /** Whoever asks for more comes before whoever would take the same row for less. */
  private static final List<Supplier<RowFormat>> ALL =
      List.of(
          OpenAiBatch::new,
          WorkloadTrace::new,
          OtelSpans::new,
          WekaAgents::new,
          ShareGpt::new,
          ChatMessages::new,
          QwenBailian::new,
          Mooncake::new,
          AzureTrace::new,
          BurstGpt::new,
          AiperfTurns::new,
          PlainPrompts::new);

  public static Optional<RowFormat> of(Fields first) {
    return ALL.stream().map(Supplier::get).filter(format -> format.fits(first)).findFirst();
  }

  /**
   * The format of that name.
   *
   * @throws PlanException naming those that there are
   */
  public static RowFormat named(String name) {
    return ALL.stream()
        .map(Supplier::get)
        .filter(format -> format.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new PlanException("format", name, "one of " + names()));
  }

  public static String names() {
    return ALL.stream().map(Supplier::get).map(RowFormat::name).collect(Collectors.joining(", "));
  }

  private Formats() {}
}
