package io.streamgauge.agent.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class DueHeapTest {
  private record Task(long time) {}

  @Property
  void tasksComeByTheirTimes(@ForAll List<Long> times) {
    DueHeap<Task> heap = new DueHeap<>();
    times.forEach(time -> heap.add(time / 2, new Task(time / 2)));

    assertThat(emptied(heap))
        .extracting(Task::time)
        .containsExactlyElementsOf(times.stream().map(time -> time / 2).sorted().toList());
  }

  @Property
  void whatIsTakenOutDoesNotCome(@ForAll List<@LongRange(min = 0, max = 99) Long> times) {
    DueHeap<Task> heap = new DueHeap<>();
    List<Task> tasks = times.stream().map(Task::new).toList();
    tasks.forEach(task -> heap.add(task.time(), task));
    tasks.stream().filter(task -> task.time() % 3 == 0).forEach(heap::remove);

    assertThat(emptied(heap))
        .containsExactlyElementsOf(
            tasks.stream()
                .filter(task -> task.time() % 3 != 0)
                .sorted(Comparator.comparing(Task::time))
                .toList());
  }

  /** A clock of nanoseconds may pass its greatest value. */
  @Property
  void theOrderIsThatOfDistancesAlsoWhereTheClockOverflows(
      @ForAll List<@LongRange(min = -1000, max = 1000) Long> offsets) {
    DueHeap<Task> heap = new DueHeap<>();
    offsets.forEach(offset -> heap.add(Long.MAX_VALUE + offset, new Task(offset)));

    assertThat(emptied(heap))
        .extracting(Task::time)
        .containsExactlyElementsOf(offsets.stream().sorted().toList());
  }

  private static List<Task> emptied(DueHeap<Task> heap) {
    List<Task> tasks = new ArrayList<>();
    while (!heap.isEmpty()) {
      long earliest = heap.earliest();
      Task task = heap.poll();
      tasks.add(task);
      assertThat(heap.isEmpty() || heap.earliest() - earliest >= 0).isTrue();
    }
    return tasks;
  }
}
