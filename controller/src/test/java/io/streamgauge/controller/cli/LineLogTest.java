package io.streamgauge.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LineLogTest {
  @Test
  void whoTellsALineIsNotHeldByATerminalThatIsAndAllComeInTheirOrder() throws InterruptedException {
    List<String> written = new CopyOnWriteArrayList<>();
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch all = new CountDownLatch(2);
    LineLog lines =
        new LineLog(
            line -> {
              try {
                held.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              written.add(line);
              all.countDown();
            });
    lines.accept("first");
    lines.accept("second");
    assertThat(written).isEmpty();

    held.countDown();
    assertThat(all.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(written).containsExactly("first", "second");
    lines.close();
  }
}
