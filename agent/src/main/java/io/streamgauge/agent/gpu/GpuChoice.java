package io.streamgauge.agent.gpu;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.gpu.GpuInfo;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which of the host's GPUs are wanted. */
public sealed interface GpuChoice {
  /** Every GPU there is. */
  record All() implements GpuChoice {}

  /** None: the library is not even loaded. */
  record None() implements GpuChoice {}

  /** Those named, by index or by UUID. */
  record Some(Set<String> names) implements GpuChoice {
    public Some {
      names = Set.copyOf(names);
    }
  }

  /**
   * Reads {@code all}, {@code none}, {@code 0,2} or UUIDs.
   *
   * @throws PlanException when it is none of these
   */
  static GpuChoice parse(String text) {
    Set<String> names =
        new LinkedHashSet<>(Arrays.stream(text.split(",", -1)).map(String::strip).toList());
    if (names.equals(Set.of("none"))) {
      return new None();
    }
    if (names.equals(Set.of("all"))) {
      return new All();
    }
    for (String name : names) {
      if (!name.matches("\\d{1,4}|GPU-[0-9a-fA-F-]+")) {
        throw new PlanException(
            "gpu", text, "all, none, or indices or UUIDs of GPUs such as 0,1 or GPU-8f0c…");
      }
    }
    return new Some(names);
  }

  default boolean takes(GpuInfo gpu) {
    return switch (this) {
      case All _ -> true;
      case None _ -> false;
      case Some(Set<String> names) ->
          names.contains(Integer.toString(gpu.index())) || names.contains(gpu.uuid());
    };
  }

  /** The names that are no GPU's. */
  default List<String> missing(List<GpuInfo> there) {
    return switch (this) {
      case All _, None _ -> List.of();
      case Some(Set<String> names) ->
          names.stream()
              .filter(
                  name ->
                      there.stream()
                          .noneMatch(
                              gpu ->
                                  name.equals(Integer.toString(gpu.index()))
                                      || name.equals(gpu.uuid())))
              .sorted()
              .toList();
    };
  }
}
