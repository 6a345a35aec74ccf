package io.streamgauge.agent.engine.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProcessTreeTest {
  private static final ProcessStat ROOT = process(100, 'S', 1, 100, 50);

  private static ProcessStat process(long pid, char state, long parent, long group, long start) {
    return new ProcessStat(pid, state, parent, group, 7, start);
  }

  private static List<Long> alive(ProcessTree tree, ProcessStat... host) {
    return tree.alive(Stream.of(host).toList()).stream().map(ProcessStat::pid).toList();
  }

  @Test
  void descendantsBelongToItHoweverDeepAndInWhateverGroup() {
    ProcessTree tree = new ProcessTree(ROOT);

    assertThat(
            alive(
                tree,
                process(103, 'R', 102, 102, 53),
                process(102, 'S', 101, 102, 52),
                process(101, 'S', 100, 100, 51),
                ROOT,
                process(200, 'S', 1, 200, 60)))
        .containsExactlyInAnyOrder(100L, 101L, 102L, 103L);
  }

  @Test
  void aChildThatWasSeenIsKnownWhenItsParentIsGone() {
    ProcessTree tree = new ProcessTree(ROOT);
    alive(tree, ROOT, process(101, 'S', 100, 101, 51));

    assertThat(alive(tree, process(101, 'S', 1, 101, 51))).containsExactly(101L);
  }

  @Test
  void aMemberOfItsGroupIsFoundAlthoughItWasNeverSeenWithItsParent() {
    assertThat(alive(new ProcessTree(ROOT), process(105, 'S', 1, 100, 90))).containsExactly(105L);
  }

  @Test
  void theDeadThatNobodyHasReapedAreNotAlive() {
    assertThat(
            alive(
                new ProcessTree(ROOT),
                process(100, 'Z', 1, 100, 50),
                process(101, 'X', 100, 100, 51)))
        .isEmpty();
  }

  @Test
  void aStrangerWithAPidOfItsIsNotTakenForIt() {
    ProcessTree tree = new ProcessTree(ROOT);
    alive(tree, ROOT, process(101, 'S', 100, 101, 51));

    assertThat(alive(tree, process(101, 'S', 1, 101, 999), process(102, 'S', 101, 101, 1000)))
        .isEmpty();
  }

  @Test
  void aGroupOfThatNumberInAnotherSessionIsAStrangers() {
    assertThat(alive(new ProcessTree(ROOT), new ProcessStat(300, 'S', 1, 100, 8, 90))).isEmpty();
  }

  @Test
  void aNameCanHoldBlanksAndParentheses() {
    assertThat(
            ProcessStat.parse(
                42, "42 (VLLM::Worker) (1) S 41 40 39 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 9 0 777 1"))
        .contains(new ProcessStat(42, 'S', 41, 40, 39, 777));
    assertThat(ProcessStat.parse(42, "42 (x")).isEmpty();
  }

  @Test
  void thisProcessIsFoundInProc() {
    long self = ProcessHandle.current().pid();

    assertThat(ProcessStat.of(self)).hasValueSatisfying(stat -> assertThat(stat.alive()).isTrue());
    assertThat(ProcessStat.all()).extracting(ProcessStat::pid).contains(self);
    assertThat(ProcessStat.command(self)).contains("java");
  }
}
