package io.streamgauge.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedsTest {
  @Test
  void everySeedPurposeAndNumberHasASeedOfItsOwn() {
    Set<Long> seeds = new HashSet<>();
    for (long seed = 0; seed < 20; seed++) {
      for (String purpose : new String[] {"arrivals", "prompts", "engine"}) {
        for (long i = 0; i < 1_000; i++) {
          seeds.add(Seeds.derive(seed, purpose, i));
        }
      }
    }

    assertThat(seeds).hasSize(20 * 3 * 1_000);
  }

  @Test
  void aNeighboursSeedDiffersInHalfOfItsBits() {
    double flipped = 0;
    for (long i = 0; i < 1_000; i++) {
      flipped += Long.bitCount(Seeds.derive(42, "prompts", i) ^ Seeds.derive(42, "prompts", i + 1));
    }

    assertThat(flipped / 1_000).isBetween(31.0, 33.0);
  }

  @Test
  void theWorkloadOfASeedStaysTheSameFromVersionToVersion() {
    assertThat(Seeds.derive(42, "prompts", 0)).isEqualTo(5377245854282559157L);
  }
}
