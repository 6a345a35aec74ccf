package io.streamgauge.controller.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.message.RunEvent;
import io.streamgauge.controller.run.BookWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewsLogTest {
  private static final int MOST = 512;

  private final NewsLog log = new NewsLog();

  private void stats(int count) {
    for (int i = 0; i < count; i++) {
      log.add(new RunNews.Told(BookWriter.stats("r", i)));
    }
  }

  private void notes(int count) {
    for (int i = 0; i < count; i++) {
      log.add(new RunNews.Told(new RunEvent.Note("r", "note " + i)));
    }
  }

  private List<Long> numbers() {
    return log.after(0, Integer.MAX_VALUE).stream().map(RunNews.Entry::number).toList();
  }

  @Test
  void itNeverHoldsMoreThanSoMany() {
    for (int i = 0; i < 1_000; i++) {
      stats(3);
      notes(1);
      assertThat(log.after(0, Integer.MAX_VALUE)).hasSizeLessThanOrEqualTo(MOST);
    }
  }

  @Test
  void theOldestLiveNumbersGoBeforeAnythingElse() {
    notes(2);
    stats(MOST);
    notes(1);

    assertThat(numbers()).hasSize(MOST).startsWith(1L, 2L, 6L).endsWith((long) MOST + 3);
  }

  @Test
  void withoutLiveNumbersTheOldestGo() {
    notes(MOST + 10);

    assertThat(numbers()).hasSize(MOST).startsWith(11L).endsWith((long) MOST + 10);
  }

  @Test
  void aReaderIsGivenWhatIsNewToItInPieces() {
    notes(10);

    assertThat(log.after(7, 2)).extracting(RunNews.Entry::number).containsExactly(8L, 9L);
    assertThat(log.after(10, 2)).isEmpty();
  }

  @Test
  void aNumberOfAnotherLifeOfTheControllerMeansAllIsNew() {
    notes(3);

    assertThat(log.after(99, 10)).hasSize(3);
  }
}
